package org.mailkeep.service.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Settings.Found;

/** What stands above the file: the options of the command line, then the environment. */
final class Overlay {

  private static final String PASSWORD = "MAILKEEP_PASSWORD";

  private final Map<String, String> given;
  private final Map<String, String> environment;

  /**
   * Both of them.
   *
   * @param given by options such as {@code --repo}, or by paths of keys such as {@code check.every}
   * @throws UsageException where a path is none of a key
   */
  Overlay(Map<String, String> given, Map<String, String> environment) {
    this.given = new LinkedHashMap<>(given);
    this.environment = Map.copyOf(environment);
    given.keySet().stream().filter(name -> !name.startsWith("-")).forEach(Overlay::requireKey);
  }

  private static void requireKey(String path) {
    List<String> known =
        Stream.concat(
                Schema.single().stream().map(Key::path),
                Schema.repeated().stream()
                    .map(key -> new TableName(key.section(), nameIn(path)).path(key)))
            .toList();
    if (TableName.ofPath(path).isEmpty()
        && Schema.single().stream().noneMatch(key -> key.path().equals(path))) {
      throw new UsageException("'" + path + "' is no key", Nearest.advice(path, known));
    }
  }

  /** What may be meant as the name of a table, so that advice can repeat it. */
  private static String nameIn(String path) {
    int first = path.indexOf('.');
    int last = path.lastIndexOf('.');
    return last > first && last > 0 ? path.substring(first + 1, last) : "NAME";
  }

  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /**
   * What counts for a key of a table. Who names one of several keys that say the same in different
   * ways means none of the others of the file.
   *
   * @param written what the file has of this table
   */
  Optional<Found> find(TableName table, Key key, Optional<Found> written) {
    Optional<Found> above = flag(table, key).or(() -> variable(table, key));
    if (above.isPresent()) {
      return above;
    }
    List<Key> same = Schema.alternatives(key);
    boolean password =
        same.contains(Schema.get(Schema.REPOSITORY, "password-file"))
            && !variable(PASSWORD).isEmpty();
    boolean isOtherNamed =
        same.stream()
            .anyMatch(
                other -> flag(table, other).isPresent() || variable(table, other).isPresent());
    return password || isOtherNamed ? Optional.empty() : written;
  }

  private Optional<Found> flag(TableName table, Key key) {
    return table.flags(key).stream()
        .filter(given::containsKey)
        .findFirst()
        .map(
            name -> {
              String shown = name.startsWith("-") ? name : "--set " + name;
              return found(key, given.getOrDefault(name, ""), Origin.FLAG, shown);
            });
  }

  private Optional<Found> variable(TableName table, Key key) {
    return table.variables(key).stream()
        .filter(name -> !variable(name).isEmpty())
        .findFirst()
        .map(name -> found(key, variable(name), Origin.ENVIRONMENT, name));
  }

  /** Options check their own values, and better; what they do not know is checked here. */
  private static Found found(Key key, String text, Origin origin, String name) {
    List<String> values =
        switch (key.shape()) {
          case ONE -> List.of(text);
          case LIST -> List.of(text.split(",", -1));
          case NAMED -> text.lines().toList();
        };
    for (String value : values) {
      if (key.option().isEmpty() && !key.isRight(value)) {
        throw new UsageException(
            name + " cannot be '" + value + "'", "It is " + key.expected() + ".");
      }
    }
    return new Found(values, origin, name);
  }

  /**
   * The repeated tables of a kind that something here is about and the file has not, those of the
   * command line first. An option means the table of exactly its name; a variable cannot tell some
   * names apart, and makes a table only where none is like it.
   *
   * @param written the names of those that the file has
   */
  Stream<TableName> others(String section, List<TableName> written) {
    List<TableName> all = new ArrayList<>(written);
    given.keySet().stream()
        .flatMap(path -> TableName.ofPath(path).stream())
        .filter(table -> table.section().equals(section) && !all.contains(table))
        .forEach(all::add);
    environment.keySet().stream()
        .filter(name -> !variable(name).isEmpty())
        .sorted()
        .flatMap(name -> TableName.ofVariable(name).stream())
        .filter(table -> table.section().equals(section) && all.stream().noneMatch(table::isLike))
        .forEach(all::add);
    return all.stream().skip(written.size());
  }
}
