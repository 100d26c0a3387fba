package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Profiles: what belongs to the programs of a mail server. */
@Command(
    name = "profile",
    description = "Show what the profiles of 'backup --profile' find on this host, and why.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A profile says which files belong to one program of a mail server. Your own go",
      "to /etc/mailkeep/profiles.d as NAME.toml; one with the name of another takes",
      "its place.",
      "",
      "Examples:",
      "  mailkeep profile list",
      "  mailkeep profile show vpopmail",
      "  mailkeep profile show qmail --toml > /etc/mailkeep/profiles.d/qmail.toml"
    })
public final class ProfileCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private ProfileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new ProfileCommand(terminal))
        .addSubcommand("list", new ProfileListCommand(terminal))
        .addSubcommand("show", new ProfileShowCommand(terminal));
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
