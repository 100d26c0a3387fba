package org.mailkeep.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Environment;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.UsageException;

/** Runs a command line to its end, tells what went wrong, and gives the exit code. */
public final class Execution {

  private Execution() {}

  /** Runs a command line. */
  public static int of(List<String> arguments, Terminal terminal, Cancellation cancellation) {
    try {
      int code =
          MailkeepCommand.create(arguments, terminal, cancellation)
              .setExecutionExceptionHandler((e, _, _) -> report(e, terminal))
              .execute(arguments.toArray(String[]::new));
      terminal.flush();
      return code;
    } catch (MailkeepException | Terminal.OutputClosedException e) {
      return report(e, terminal);
    } catch (OutOfMemoryError e) {
      // What it was doing is unwound, so there is room for two lines.
      terminal.note("mailkeep: the memory that Java may use is not enough: " + e.getMessage());
      terminal.note(
          "  Give it more: MAILKEEP_JAVA_OPTIONS=-Xmx1g is eight times what it takes by itself. What was stored"
              + " is there, and the next run goes on from it.");
      return ExitCode.FAILED;
    }
  }

  /** Tells of an exception. */
  public static int report(Exception e, Terminal terminal) {
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
