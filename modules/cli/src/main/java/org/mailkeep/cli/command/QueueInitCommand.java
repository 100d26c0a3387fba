package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.queue.QueueInit;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.unix.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an empty queue. */
@Command(
    name = "init",
    description = "Make an empty qmail queue with the owners and modes that qmail needs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "As root, with qmail-send stopped. A folder that a restore left empty is filled;",
      "an empty queue that lacks parts or has wrong owners is put right. Where there",
      "is mail, or anything that an empty queue does not have, nothing is changed.",
      "",
      "The split is compiled into qmail (conf-split). With another one, qmail finds no",
      "place for its mail.",
      "",
      "Example: mailkeep queue init /var/qmail/queue"
    })
public final class QueueInitCommand implements Callable<Integer> {

  private static final int USUAL_SPLIT = 23;

  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "The queue, usually /var/qmail/queue.")
  private String directory = "";

  @Option(names = "--split", paramLabel = "N", description = "qmail's conf-split (default: 23).")
  private int split = USUAL_SPLIT;

  @Option(names = "--big-todo", description = "For a qmail with the big-todo patch.")
  private boolean bigTodo;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  /** Prints to this terminal. */
  public QueueInitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (split < 1 || split > QueueInit.MOST_SPLIT) {
      throw new UsageException(
          "No queue is split into " + split, "Give qmail's conf-split, such as --split 23.");
    }
    RawPath queue = QueueCommand.absolute(directory);
    int made = new QueueInit(split, bigTodo, new Accounts()).make(queue);
    if (!quiet) {
      terminal.line(
          queue
              + " is an empty queue, split into "
              + split
              + (bigTodo ? ", with big-todo" : "")
              + ": "
              + Units.count(made, "part")
              + " made");
    }
    return ExitCode.DONE;
  }
}
