package org.mailkeep.cli.options;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Key;
import org.mailkeep.service.config.Schema;
import org.mailkeep.service.config.Settings;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options that were not typed the value that {@link Settings} find in the environment or the
 * configuration, so that no command has to look there.
 */
public final class Defaults implements IDefaultValueProvider {

  /** They work without any repository, or on the configuration itself. */
  private static final Set<String> WITHOUT = Set.of("config", "queue", "setup");

  private static final Map<String, List<Key>> KEYS =
      Schema.single().stream()
          .filter(key -> key.option().isPresent())
          .collect(Collectors.groupingBy(key -> key.option().orElseThrow()));

  private final Settings settings;
  private final List<String> arguments;

  private Defaults(Settings settings, List<String> arguments) {
    this.settings = settings;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Those for a command line.
   *
   * @throws UsageException where the configuration has a mistake, and the command needs it
   */
  public static Defaults of(List<String> arguments) {
    boolean needed =
        arguments.stream().anyMatch(word -> !word.startsWith("-"))
            && !WITHOUT.contains(arguments.getFirst())
            && arguments.stream().noneMatch(Set.of("-h", "--help", "-V", "--version")::contains);
    Settings settings =
        needed
            ? ConfigurationOptions.of(arguments).require()
            : Settings.read(Optional.empty(), Map.of(), Environment.variables());
    return new Defaults(settings, arguments);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || wasTyped(option)) {
      return null;
    }
    Function<Key, Boolean> fits =
        key ->
            key.command().isEmpty()
                || key.command().get().equals(Objects.requireNonNull(option.command()).name());
    return KEYS.getOrDefault(option.longestName(), List.of()).stream()
        .filter(fits::apply)
        .flatMap(key -> settings.find(key).stream())
        .map(found -> String.join(",", found.values()))
        .findFirst()
        .orElse(null);
  }

  /** A flag whose default is true would be taken for its opposite. */
  private boolean wasTyped(OptionSpec option) {
    return arguments.stream()
        .anyMatch(
            word ->
                List.of(option.names()).contains(word)
                    || List.of(option.names()).contains(word.split("=", 2)[0]));
  }
}
