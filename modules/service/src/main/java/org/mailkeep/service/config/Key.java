package org.mailkeep.service.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailkeep.model.error.UsageException;

/**
 * A key of the configuration.
 *
 * @param section the table that it stands in
 * @param name its name there
 * @param kind what its values are
 * @param shape whether it has one value or several
 * @param option of the command line that says the same; empty where there is none
 * @param command the only command whose option it is; empty for all that have it
 * @param variables of the environment that say the same, the first one that is set counts
 * @param usual what holds where nothing is said; empty where that is nothing, or depends on the
 *     host
 */
public record Key(
    String section,
    String name,
    Kind kind,
    Shape shape,
    Optional<String> option,
    Optional<String> command,
    List<String> variables,
    Optional<String> usual) {

  static final String PREFIX = "MAILKEEP_";

  /** How many values there are. */
  public enum Shape {
    /** One. */
    ONE,
    /** A list. */
    LIST,
    /** A table of names and values, each written NAME=VALUE here. */
    NAMED
  }

  /** Copies the list. */
  public Key {
    variables = List.copyOf(variables);
  }

  static Key of(String section, String name, Kind kind) {
    return new Key(
            section,
            name,
            kind,
            Shape.ONE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty())
        .in(variable(section + "_" + name));
  }

  Key list() {
    return new Key(section, name, kind, Shape.LIST, option, command, variables, usual);
  }

  Key named() {
    return new Key(section, name, kind, Shape.NAMED, option, command, variables, usual);
  }

  /** With an option, and the variable that is called as it. */
  Key as(String flag) {
    Key key = new Key(section, name, kind, shape, Optional.of(flag), command, variables, usual);
    return key.in(variable(flag.substring(2)));
  }

  /** With these variables. */
  Key in(String... names) {
    return new Key(section, name, kind, shape, option, command, List.of(names), usual);
  }

  /** Only where a command of this name has the option. */
  Key onlyOf(String commandName) {
    return new Key(section, name, kind, shape, option, Optional.of(commandName), variables, usual);
  }

  /** With what holds where nothing is said. */
  Key usually(String text) {
    return new Key(section, name, kind, shape, option, command, variables, Optional.of(text));
  }

  /** The variable of the environment that goes by this name. */
  static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  /** The simplest word of which {@link #variable} makes these letters. */
  static String word(String letters) {
    return letters.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Section and name, as {@code --set} has them. */
  public String path() {
    return section + "." + name;
  }

  /** Its values as anybody may see them: commands may hold secrets, so they are only named. */
  public List<String> shown(List<String> values) {
    return kind != Kind.COMMAND
        ? values
        : values.stream()
            .map(value -> shape == Shape.NAMED ? value.substring(0, value.indexOf('=') + 1) : "")
            .map(name -> name + "…")
            .toList();
  }

  /**
   * A value as TOML has it: texts in quotes, TOML 1.0, String.
   *
   * @throws UsageException if the key has no such values
   */
  public String toml(String value) {
    if (!kind.fits(value)) {
      throw new UsageException(
          "'" + value + "' is nothing that " + path() + " can be", "Give " + kind.expected() + ".");
    }
    if (kind == Kind.TRUTH || kind.isNumber()) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Whether a value can be one of this key. */
  boolean isRight(String value) {
    if (shape != Shape.NAMED) {
      return kind.fits(value);
    }
    int equals = value.indexOf('=');
    return equals > 0
        && Kind.WORD.fits(value.substring(0, equals))
        && kind.fits(value.substring(equals + 1));
  }

  /** What a value has to be, for a person. */
  String expected() {
    return shape == Shape.NAMED ? "NAME=VALUE, and VALUE " + kind.expected() : kind.expected();
  }

  /** Whether its values are of a kind that names a secret. */
  boolean isSecretFile() {
    return kind == Kind.SECRET_FILE;
  }
}
