package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.ConfigurationOptions;
import org.mailkeep.cli.options.Environment;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.Places;
import org.mailkeep.cli.options.Words;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.service.config.Key;
import org.mailkeep.service.config.Schema;
import org.mailkeep.service.config.Settings;
import org.mailkeep.service.config.Settings.Found;
import org.mailkeep.unix.Credentials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what is in force. */
@Command(
    name = "show",
    description = "Print what is in force, and where it comes from.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --all also what is not set, and for each key the option and the environment",
      "variable that say the same. A key of a named table, such as source.mail.every, has",
      "--set source.mail.every=10m and MAILKEEP_SOURCE_MAIL_EVERY; a hook goes by its number.",
      "Commands may hold secrets, so they stand as '…'.",
      "",
      "Example: mailkeep config show --all"
    })
final class ConfigShowCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--all", description = "Show also what is not set.")
  private boolean all;

  ConfigShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A line: what, its values, and where they come from. */
  private record Line(String key, List<String> values, String origin, String name) {}

  @Override
  public Integer call() {
    Settings settings = options.settings().require();
    List<Line> lines = new ArrayList<>();
    for (Key key : Schema.single()) {
      Optional<Found> found = settings.find(key);
      if (found.isPresent()) {
        Found value = found.get();
        lines.add(line(key.path(), key.shown(value.values()), value));
      } else if (all || usual(key).isPresent()) {
        String option = key.option().orElse("--set " + key.path());
        lines.add(
            new Line(
                key.path(),
                usual(key).stream().toList(),
                "default",
                option + ", " + String.join(", ", key.variables())));
      }
    }
    String file = settings.path().map(Object::toString).orElse("");
    settings
        .repeated()
        .forEach(
            value -> lines.add(line(value.getKey(), value.getValue().values(), value.getValue())));
    if (output.json()) {
      terminal.line(Json.of(Map.of("settings", lines.stream().map(this::json).toList())));
    } else {
      terminal.line(file.isEmpty() ? "There is no configuration file." : "File: " + file);
      lines.forEach(this::tell);
    }
    return ExitCode.DONE;
  }

  private static Line line(String key, List<String> values, Found found) {
    return new Line(key, values, Words.word(found.origin()), found.name());
  }

  /** What holds where nothing is said; where things are depends on who runs the program. */
  private static Optional<String> usual(Key key) {
    Places places = Places.of(Credentials.current().effectiveUid() == 0, Environment.variables());
    return switch (key.path()) {
      case "repository.place" -> Optional.of(places.repository().toString());
      case "repository.key-file" -> Optional.of(places.keyFile().toString());
      case "repository.state-dir" -> Optional.of(places.state().toString());
      case "backup.profiles-dir" -> Optional.of(places.profiles().toString());
      case "backup.host" -> Optional.of(HostName.ofThisMachine());
      default -> key.usual();
    };
  }

  private void tell(Line line) {
    String values = line.values().isEmpty() ? "-" : String.join(", ", line.values());
    boolean plain = !all && (line.origin().equals("file") || line.origin().equals("default"));
    terminal.line(
        String.format(
            "%-36s  %-36s  %s",
            line.key(), values, plain ? line.origin() : line.origin() + " (" + line.name() + ")"));
  }

  private Map<String, Object> json(Line line) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("key", line.key());
    members.put("values", line.values());
    members.put("origin", line.origin());
    members.put("name", line.name());
    return members;
  }
}
