package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.service.config.Sample;
import picocli.CommandLine.Command;

/** Prints a configuration to begin with. */
@Command(
    name = "sample",
    description = "Print a configuration to begin with, in which every key is explained.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: mailkeep config sample > /etc/mailkeep/mailkeep.toml"})
final class ConfigSampleCommand implements Callable<Integer> {

  private final Terminal terminal;

  ConfigSampleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.line(Sample.text().stripTrailing());
    return ExitCode.DONE;
  }
}
