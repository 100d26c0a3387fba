package org.mailkeep.service.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML into {@link Node}s. */
final class TomlReader {

  private TomlReader() {}

  /** The table of a file; empty where it has mistakes, which are told. */
  static Optional<Node.Table> read(String toml, Consumer<Mistake> mistakes) {
    try {
      TomlParseResult result = Toml.parse(toml);
      if (!result.hasErrors()) {
        return Optional.of(table(result, TomlPosition.positionAt(1, 1)));
      }
      result.errors().forEach(error -> mistakes.accept(mistake(error)));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      // The library fails on some mistakes, such as half an escape or ten thousand brackets,
      // instead of telling them.
      mistakes.accept(
          new Mistake(0, 0, "it is no TOML", "Look for a quote or bracket that is not closed."));
    }
    return Optional.empty();
  }

  private static Mistake mistake(TomlParseError error) {
    TomlPosition at = error.position();
    return new Mistake(
        at.line(),
        at.column(),
        String.valueOf(error.getMessage()),
        "Texts stand in \"quotes\", lists in [brackets], tables begin with [name] or [[name]].");
  }

  private static Node.Table table(TomlTable table, TomlPosition at) {
    SequencedMap<String, Node> members = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      members.put(key, node(table.get(path), position(table.inputPositionOf(path), at)));
    }
    return new Node.Table(members, at.line(), at.column());
  }

  private static Node node(@Nullable Object value, TomlPosition at) {
    return switch (value) {
      case String text -> new Node.Text(text, at.line(), at.column());
      case Long number -> new Node.Whole(number, at.line(), at.column());
      case Boolean truth -> new Node.Truth(truth, at.line(), at.column());
      case TomlTable table -> table(table, at);
      case TomlArray array -> items(array, at);
      case null, default -> new Node.Other(String.valueOf(value), at.line(), at.column());
    };
  }

  private static Node items(TomlArray array, TomlPosition at) {
    List<Node> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(node(array.get(i), position(array.inputPositionOf(i), at)));
    }
    return new Node.Items(values, at.line(), at.column());
  }

  private static TomlPosition position(@Nullable TomlPosition at, TomlPosition otherwise) {
    return at == null ? otherwise : at;
  }
}
