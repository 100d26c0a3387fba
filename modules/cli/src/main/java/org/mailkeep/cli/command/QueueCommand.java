package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.WorkingDirectory;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The queue of qmail. */
@Command(
    name = "queue",
    description = "Make an empty qmail queue, check one, or put one right.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Backups leave the queue out: its files are named after their inode numbers, so",
      "a copy is no queue any more. A restored server gets an empty one.",
      "",
      "Examples:",
      "  mailkeep queue init /var/qmail/queue",
      "  mailkeep queue check /var/qmail/queue",
      "  mailkeep queue fix --dry-run /var/qmail/queue"
    })
public final class QueueCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private QueueCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new QueueCommand(terminal))
        .addSubcommand("init", new QueueInitCommand(terminal))
        .addSubcommand("check", new QueueCheckCommand(terminal))
        .addSubcommand("fix", new QueueFixCommand(terminal));
  }

  /** The queue that the user named, from the root on. */
  static RawPath absolute(String directory) {
    RawPath whole = WorkingDirectory.resolve(directory);
    if (whole.names().isEmpty()) {
      throw new UsageException("/ is no queue", "Name the queue, such as /var/qmail/queue.");
    }
    return whole;
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
