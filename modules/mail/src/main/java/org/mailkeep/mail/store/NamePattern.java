package org.mailkeep.mail.store;

import org.mailkeep.model.FileName;

/** Names as the rules write them: {@code name}, {@code name*}, {@code *name}, {@code name<pid>}. */
sealed interface NamePattern {

  /** Exactly this name. */
  record Exactly(String name) implements NamePattern {}

  /** All names that begin so. */
  record Begins(String prefix) implements NamePattern {}

  /** All names that end so. */
  record Ends(String suffix) implements NamePattern {}

  /** This prefix and a process id: digits to the end. */
  record Pid(String prefix) implements NamePattern {}

  /** Reads the notation of the tables. */
  static NamePattern of(String notation) {
    if (notation.endsWith("<pid>")) {
      return new Pid(notation.substring(0, notation.length() - "<pid>".length()));
    }
    if (notation.endsWith("*")) {
      return new Begins(notation.substring(0, notation.length() - 1));
    }
    return notation.startsWith("*") ? new Ends(notation.substring(1)) : new Exactly(notation);
  }

  /** Whether a name is one of these. */
  default boolean matches(FileName name) {
    return switch (this) {
      case Exactly(String exact) -> name.is(exact);
      case Begins(String prefix) -> name.startsWith(prefix);
      case Ends(String suffix) -> name.endsWith(suffix);
      case Pid(String prefix) -> name.startsWith(prefix) && isNumber(name, prefix.length());
    };
  }

  /** Whether the name from {@code from} on is digits, at least one. */
  static boolean isNumber(FileName name, int from) {
    for (int i = from; i < name.length(); i++) {
      if (name.at(i) < '0' || name.at(i) > '9') {
        return false;
      }
    }
    return from < name.length();
  }
}
