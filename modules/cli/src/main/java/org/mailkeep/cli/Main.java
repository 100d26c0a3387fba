package org.mailkeep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailkeep.cli.command.MailkeepCommand;
import org.mailkeep.cli.options.Environment;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.unix.Platform;
import org.mailkeep.unix.ProcessEnd;
import org.mailkeep.unix.RawArguments;
import picocli.CommandLine;

/** The program. */
public final class Main {

  /** How long a stopped command may take to put in order what it has, in seconds. */
  private static final int GRACE_SECONDS = 20;

  private Main() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    Terminal terminal = Terminal.ofProcess();
    Cancellation cancellation = new Cancellation();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(cancellation, ended), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = run(args, terminal, cancellation);
    ended.countDown();
    if (!cancellation.isRequested()) {
      Runtime.getRuntime().removeShutdownHook(hook);
      end(code);
    }
    // The signal that asked to stop decides the exit code.
  }

  /**
   * Only who starts the virtual machine knows that nothing waits for its end: libraries that were
   * unpacked for it are removed then, and recordings of JFR written.
   */
  private static void end(int code) {
    if ("at-once".equals(System.getProperty("mailkeep.end"))) {
      ProcessEnd.now(code);
    }
    System.exit(code);
  }

  /** On a signal the virtual machine waits for this, and meanwhile the command can end well. */
  private static void stop(Cancellation cancellation, CountDownLatch ended) {
    cancellation.request();
    try {
      var _ = ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int run(String[] args, Terminal terminal, Cancellation cancellation) {
    try {
      Platform.require();
      List<String> exact = RawArguments.of(args);
      CommandLine commands = MailkeepCommand.create(exact, terminal, cancellation);
      int code =
          commands
              .setExecutionExceptionHandler((e, _, _) -> report(e, terminal))
              .execute(exact.toArray(String[]::new));
      terminal.flush();
      return code;
    } catch (MailkeepException e) {
      return report(e, terminal);
    } catch (Terminal.OutputClosedException e) {
      return report(e, terminal);
    }
  }

  private static int report(Exception e, Terminal terminal) {
    return switch (e) {
      case MailkeepException known -> tell(known, terminal);
      case Cancellation.CancelledException _ -> {
        terminal.note("mailkeep: stopped; the next run goes on from what is stored.");
        yield ExitCode.STOPPED;
      }
      // Whoever reads a pipe may stop reading; that is no news to anyone.
      case Terminal.OutputClosedException _ -> ExitCode.FAILED;
      default -> {
        terminal.note("mailkeep: an internal error; please report it with what you did: " + e);
        if (Environment.variable("MAILKEEP_DEBUG").isPresent()) {
          StringWriter trace = new StringWriter();
          e.printStackTrace(new PrintWriter(trace));
          terminal.note(trace.toString());
        }
        yield ExitCode.FAILED;
      }
    };
  }

  private static int tell(MailkeepException e, Terminal terminal) {
    terminal.note("mailkeep: " + e.getMessage());
    if (!e.advice().isEmpty()) {
      terminal.note("  " + e.advice());
    }
    return e instanceof UsageException ? ExitCode.USAGE : ExitCode.FAILED;
  }
}
