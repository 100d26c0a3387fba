package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Mailboxes and messages of snapshots. */
@Command(
    name = "mailbox",
    description =
        "Find mailboxes and messages in the snapshots, what became of them, and give them back.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mailkeep mailbox list",
      "  mailkeep mailbox log anna@example.com --since 2026-11-20",
      "  mailkeep mailbox search --from bert --subject invoice --deleted",
      "  mailkeep mailbox recover anna@example.com --at '2026-11-20 14:00' --dry-run"
    })
public final class MailboxCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private MailboxCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal, Cancellation cancellation) {
    return new CommandLine(new MailboxCommand(terminal))
        .addSubcommand("list", new MailboxListCommand(terminal))
        .addSubcommand("log", new MailboxLogCommand(terminal, cancellation))
        .addSubcommand("search", new MailboxSearchCommand(terminal, cancellation))
        .addSubcommand("recover", new RecoverCommand(terminal, cancellation));
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
