package org.mailkeep.service.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A value of a TOML file, with line and column where it stands; both begin at 1. */
sealed interface Node {

  /** The line. */
  int line();

  /** The column. */
  int column();

  /** A text. */
  record Text(String value, int line, int column) implements Node {}

  /** A whole number. */
  record Whole(long value, int line, int column) implements Node {}

  /** true or false. */
  record Truth(boolean value, int line, int column) implements Node {}

  /** A list. */
  record Items(List<Node> values, int line, int column) implements Node {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** A table. */
  record Table(SequencedMap<String, Node> members, int line, int column) implements Node {
    public Table {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }
  }

  /** Something that no key of ours takes, such as a date. */
  record Other(String what, int line, int column) implements Node {}
}
