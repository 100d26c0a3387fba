package org.mailkeep.engine.backup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ByteSource;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.CommandFailedException;
import org.mailkeep.unix.ProcessTree;
import org.mailkeep.unix.ShellCommand;

/**
 * A command that runs, and the bytes that it prints. It is stopped, with all that it started, when
 * the backup is, and when it takes too long.
 */
final class CommandRun implements ByteSource, AutoCloseable {

  private static final long WATCH_MILLIS = 100;
  private static final long SIGNAL_MILLIS = 1000;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final int LINES_KEPT = 5;
  private static final int LONGEST_LINE = 300;

  private final CommandOutput what;
  private final Cancellation cancellation;
  private final Process process;
  private final InputStream output;
  private final Thread errors;
  private final Thread watch;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private volatile boolean late;

  private CommandRun(
      CommandOutput what, Cancellation cancellation, Process process, Consumer<String> says) {
    this.what = what;
    this.cancellation = cancellation;
    this.process = process;
    this.output = process.getInputStream();
    this.errors = Thread.ofPlatform().daemon().name("command-errors").start(() -> listen(says));
    this.watch = Thread.ofPlatform().daemon().name("command-watch").start(this::watch);
  }

  /**
   * Starts a command.
   *
   * @param says is told each line of its standard error
   */
  static CommandRun start(CommandOutput what, Cancellation cancellation, Consumer<String> says) {
    ProcessBuilder builder =
        ShellCommand.of(what.command())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      return new CommandRun(what, cancellation, builder.start(), says);
    } catch (IOException e) {
      // The message of this one has the whole command line.
      throw new CommandFailedException(
          "The " + what + " could not be started", "Nothing was stored. Is there a /bin/sh?");
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      return output.read(target, offset, length);
    } catch (IOException e) {
      // The pipe breaks where the command was stopped: finish tells why.
      return -1;
    }
  }

  /**
   * Waits for the end.
   *
   * @throws CommandFailedException where it did not end well
   */
  void finish() {
    try {
      int status = process.waitFor();
      errors.join();
      awaitCancellation(status);
      cancellation.check();
      if (late) {
        throw failed("took longer than it may");
      }
      if (status > 128) {
        throw failed("was ended by signal " + (status - 128));
      }
      if (status != 0) {
        throw failed("ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("Interrupted while the " + what + " ran", "", e);
    }
  }

  /**
   * A signal from the terminal ends the command too, and often sooner than this program hears it.
   */
  private void awaitCancellation(int status) throws InterruptedException {
    boolean interrupted = status == 128 + SIGINT || status == 128 + SIGTERM;
    for (long waited = 0; interrupted && waited < SIGNAL_MILLIS; waited += WATCH_MILLIS) {
      if (cancellation.isRequested()) {
        return;
      }
      Thread.sleep(WATCH_MILLIS);
    }
  }

  private CommandFailedException failed(String how) {
    synchronized (lastLines) {
      String said = lastLines.isEmpty() ? "" : "; it said: " + String.join(" / ", lastLines);
      return new CommandFailedException(
          "The " + what + " " + how + said,
          "No snapshot was made. Run the command by hand; it must end with status 0.");
    }
  }

  private void listen(Consumer<String> says) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String whole = RawText.display(line);
        String shown =
            whole.length() > LONGEST_LINE ? whole.substring(0, LONGEST_LINE) + "…" : whole;
        says.accept(shown);
        keep(shown);
      }
    } catch (IOException e) {
      // It was stopped; nothing more can be heard.
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      lastLines.add(line);
      if (lastLines.size() > LINES_KEPT) {
        lastLines.removeFirst();
      }
    }
  }

  private void watch() {
    long end = what.timeout().map(time -> System.nanoTime() + time.toNanos()).orElse(0L);
    try {
      while (process.isAlive()) {
        late = what.timeout().isPresent() && System.nanoTime() - end > 0;
        if (late || cancellation.isRequested()) {
          stop();
          return;
        }
        Thread.sleep(WATCH_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    ProcessTree.kill(process.toHandle());
  }

  @Override
  public void close() {
    watch.interrupt();
    stop();
    try {
      output.close();
    } catch (IOException e) {
      // Nothing more is wanted from it.
    }
  }
}
