package org.mailkeep.cli;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailkeep.cli.command.Execution;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.unix.Platform;
import org.mailkeep.unix.ProcessEnd;
import org.mailkeep.unix.RawArguments;

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
    } catch (MailkeepException e) {
      return Execution.report(e, terminal);
    }
    return Execution.of(RawArguments.of(args), terminal, cancellation);
  }
}
