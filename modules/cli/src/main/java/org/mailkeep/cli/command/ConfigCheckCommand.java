package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.ConfigurationOptions;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.model.Units;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Mistake;
import org.mailkeep.service.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells every mistake of the configuration. */
@Command(
    name = "check",
    description = "Tell every mistake in the configuration, with its line and what to write.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The exit code is 2 where there is a mistake.",
      "",
      "Example: mailkeep config check --config new.toml"
    })
final class ConfigCheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  ConfigCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path file = OpenConfiguration.file(options);
    Settings settings = options.settings();
    List<Mistake> mistakes = settings.mistakes();
    if (output.json()) {
      terminal.line(
          Json.of(
              Map.of(
                  "file",
                  file.toString(),
                  "mistakes",
                  mistakes.stream().map(ConfigCheckCommand::json).toList())));
    } else if (mistakes.isEmpty()) {
      tell(file, Configuration.of(settings));
    } else {
      for (Mistake mistake : mistakes) {
        String where = mistake.line() == 0 ? "" : ":" + mistake.line() + ":" + mistake.column();
        terminal.line(file + where + ": " + mistake.what());
        terminal.line("  " + mistake.advice());
      }
    }
    return mistakes.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }

  private void tell(Path file, Configuration configuration) {
    if (!output.quiet()) {
      terminal.line(file + " is right: " + Units.count(configuration.steps().size(), "step") + ".");
      configuration
          .steps()
          .forEach(
              step -> terminal.line(String.format("  %-20s  %s", step.title(), step.schedule())));
    }
  }

  private static Map<String, Object> json(Mistake mistake) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("line", mistake.line());
    members.put("column", mistake.column());
    members.put("what", mistake.what());
    members.put("advice", mistake.advice());
    return members;
  }
}
