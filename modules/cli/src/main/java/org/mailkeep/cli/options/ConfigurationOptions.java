package org.mailkeep.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Settings;
import org.mailkeep.unix.Credentials;
import picocli.CommandLine.Option;

/** Which configuration, and what stands above it. */
public final class ConfigurationOptions {

  static final String CONFIG = "--config";
  static final String SET = "--set";

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description =
          "The configuration (or MAILKEEP_CONFIG; default: /etc/mailkeep/mailkeep.toml for root, if"
              + " it is there).")
  private @Nullable Path file;

  @Option(
      names = SET,
      paramLabel = "KEY=VALUE",
      description = "Have another value for a key of the configuration, such as check.every=2d.")
  private List<String> set = new ArrayList<>();

  /**
   * The file that counts.
   *
   * @return empty where none was named and there is none in the usual place
   */
  public Optional<Path> file() {
    Optional<Path> named =
        Optional.ofNullable(file).or(() -> Environment.variable("MAILKEEP_CONFIG").map(Path::of));
    return named.or(() -> Optional.of(usual()).filter(Files::exists)).map(Path::toAbsolutePath);
  }

  /** Where it is, or would be. */
  public Path place() {
    return file().orElseGet(() -> usual().toAbsolutePath());
  }

  /** Where it is when nothing is said. */
  public static Path usual() {
    return Places.of(Credentials.current().effectiveUid() == 0, Environment.variables())
        .configuration();
  }

  /** What is in force; mistakes of the file are not told yet. */
  public Settings settings() {
    return Settings.read(file(), given(set), Environment.variables());
  }

  /** The configuration as an option, for commands that this one runs. */
  public List<String> again() {
    List<String> options = new ArrayList<>();
    file().ifPresent(path -> options.add(CONFIG + "=" + path));
    set.forEach(text -> options.add(SET + "=" + text));
    return options;
  }

  /** What a command line says, before it is read: it decides with what else it is read. */
  static Settings of(List<String> arguments) {
    ConfigurationOptions options = new ConfigurationOptions();
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
      String word = arguments.get(i);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      String value = equals < 0 ? next : word.substring(equals + 1);
      if (name.equals(CONFIG)) {
        options.file = Path.of(value);
      } else if (name.equals(SET)) {
        options.set.add(value);
      } else if (name.startsWith("-")) {
        given.put(name.equals("-r") ? "--repo" : name.equals("-j") ? "--jobs" : name, value);
      }
    }
    given.putAll(given(options.set));
    return Settings.read(options.file(), given, Environment.variables());
  }

  private static Map<String, String> given(List<String> texts) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw new UsageException(
            SET + " " + text + " has no value", "Write KEY=VALUE, such as check.every=2d.");
      }
      given.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return given;
  }
}
