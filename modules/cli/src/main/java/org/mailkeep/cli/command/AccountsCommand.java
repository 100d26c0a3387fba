package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Users and groups of snapshots. */
@Command(
    name = "accounts",
    description = "Compare a snapshot's users and groups with this host, or make them here.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Mail comes back by number: qmail and vpopmail have the numbers of their users",
      "compiled in. On another host the numbers must mean the same users before a",
      "restore, or be translated by it (restore --by-name, --map-uid).",
      "",
      "Examples:",
      "  mailkeep accounts check latest",
      "  mailkeep accounts script latest > accounts.sh"
    })
public final class AccountsCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private AccountsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new AccountsCommand(terminal))
        .addSubcommand("check", new AccountsCheckCommand(terminal))
        .addSubcommand("script", new AccountsScriptCommand(terminal));
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
