package org.mailkeep.service.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which table of the configuration is meant.
 *
 * @param section its kind
 * @param name which one of its kind: what its key {@code name} says, or else its number in the
 *     file, from 1; empty where it stands once
 */
record TableName(String section, String name) {

  private static final String NAME = "name";

  /** Of a table that stands once. */
  static TableName single(String section) {
    return new TableName(section, "");
  }

  /**
   * Takes the name of a key of a repeated table apart, such as {@code source.mail.every}.
   *
   * @return the table; empty if this names no such key
   */
  static Optional<TableName> ofPath(String path) {
    int first = path.indexOf('.');
    int last = path.lastIndexOf('.');
    if (first <= 0 || last <= first) {
      return Optional.empty();
    }
    TableName table = new TableName(path.substring(0, first), path.substring(first + 1, last));
    String key = path.substring(last + 1);
    return table.keys().anyMatch(known -> known.name().equals(key)) && table.isPossible()
        ? Optional.of(table)
        : Optional.empty();
  }

  /**
   * Takes the name of a variable apart, such as {@code MAILKEEP_SOURCE_MAIL_EVERY}.
   *
   * @return the table, with the simplest name that makes this variable; empty if it names none
   */
  static Optional<TableName> ofVariable(String variable) {
    return Schema.repeated().stream()
        .filter(key -> !key.name().equals(NAME))
        .flatMap(key -> ofVariable(key, variable))
        // The longest key, for one may end as another does.
        .reduce((a, b) -> a.name.length() <= b.name.length() ? a : b);
  }

  private static Stream<TableName> ofVariable(Key key, String variable) {
    String begin = Key.variable(key.section() + "_");
    String end = Key.variable("_" + key.name()).substring(Key.PREFIX.length());
    if (!variable.startsWith(begin)
        || !variable.endsWith(end)
        || variable.length() <= begin.length() + end.length()) {
      return Stream.empty();
    }
    String name = variable.substring(begin.length(), variable.length() - end.length());
    return Stream.of(new TableName(key.section(), Key.word(name))).filter(TableName::isPossible);
  }

  private Stream<Key> keys() {
    return Schema.repeated().stream()
        .filter(key -> key.section().equals(section) && !key.name().equals(NAME));
  }

  private boolean isPossible() {
    return (isNamed() ? Kind.WORD : Kind.COUNT).fits(name);
  }

  /** Whether tables of this kind have names of their own. */
  boolean isNamed() {
    return Schema.find(section, NAME).isPresent();
  }

  /** What gives a key of this table on the command line. */
  List<String> flags(Key key) {
    return name.isEmpty()
        ? Stream.concat(key.option().stream(), Stream.of(key.path())).toList()
        : List.of(path(key));
  }

  /** What gives a key of this table in the environment. */
  List<String> variables(Key key) {
    return name.isEmpty()
        ? key.variables()
        : List.of(Key.variable(section + "_" + name + "_" + key.name()));
  }

  /** The key as {@code --set} has it. */
  String path(Key key) {
    return name.isEmpty() ? key.path() : section + "." + name + "." + key.name();
  }

  /** Whether variables cannot tell the two apart. */
  boolean isLike(TableName other) {
    return section.equals(other.section) && Key.variable(name).equals(Key.variable(other.name));
  }
}
