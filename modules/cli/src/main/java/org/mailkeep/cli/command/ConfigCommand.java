package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about the configuration. */
@Command(
    name = "config",
    description = "Check the configuration, show what is in force, print a sample.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What an option says counts most, then the environment, then the file, then the",
      "program's own default.",
      "",
      "Examples:",
      "  mailkeep config sample > /etc/mailkeep/mailkeep.toml",
      "  mailkeep config check",
      "  mailkeep config show"
    })
public final class ConfigCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new ConfigCommand(terminal))
        .addSubcommand("check", new ConfigCheckCommand(terminal))
        .addSubcommand("show", new ConfigShowCommand(terminal))
        .addSubcommand("sample", new ConfigSampleCommand(terminal));
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
