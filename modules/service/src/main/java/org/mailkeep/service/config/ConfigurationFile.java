package org.mailkeep.service.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;

/** The file with all that is right in it, and what is wrong. */
final class ConfigurationFile {

  private static final long LARGEST = 1 << 20;

  private final List<Mistake> mistakes = new ArrayList<>();
  private final Map<String, List<Entry>> tables = new LinkedHashMap<>();

  private ConfigurationFile() {}

  /** Of no file. */
  static ConfigurationFile none() {
    return new ConfigurationFile();
  }

  /**
   * Reads a file.
   *
   * @throws NotFoundException where there is none
   * @throws UsageException where it cannot be read
   */
  static ConfigurationFile read(Path path) {
    try {
      if ((Files.exists(path) && !Files.isRegularFile(path)) || Files.size(path) > LARGEST) {
        throw new UsageException(
            path + " cannot be a configuration: it is no file, or longer than 1 MiB",
            "Name another with --config.");
      }
      return parse(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
              .toString());
    } catch (NoSuchFileException e) {
      throw new NotFoundException(
          "There is no configuration " + path,
          "'mailkeep config sample > " + path + "' makes one to begin with.",
          e);
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "The configuration " + path + " is not UTF-8", "Save it in that encoding.", e);
    } catch (IOException e) {
      throw new UsageException(
          "The configuration " + path + " cannot be read: " + e.getMessage(),
          "Check its owner and mode.",
          e);
    }
  }

  static ConfigurationFile parse(String toml) {
    ConfigurationFile file = new ConfigurationFile();
    TomlReader.read(toml, file.mistakes::add).ifPresent(file::take);
    return file;
  }

  List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }

  /** The tables of this name; of one that stands once, one at most. */
  List<Entry> tables(String section) {
    return tables.getOrDefault(section, List.of());
  }

  private void take(Node.Table root) {
    root.members().forEach(this::take);
  }

  private void take(String section, Node node) {
    if (!Schema.sections().contains(section)) {
      String advice =
          homeOf(section)
              .map(home -> "It is a key of a table: write it below " + head(home) + ".")
              .orElseGet(() -> Nearest.advice(section, Schema.sections()));
      mistakes.add(Mistake.at(node, "'" + section + "' is unknown here", advice));
      return;
    }
    switch (node) {
      case Node.Table table when !Schema.isRepeated(section) ->
          tables.put(section, List.of(entry(section, table)));
      case Node.Items items
          when Schema.isRepeated(section)
              && items.values().stream().allMatch(Node.Table.class::isInstance) ->
          tables.put(
              section,
              items.values().stream().map(table -> entry(section, (Node.Table) table)).toList());
      default ->
          mistakes.add(
              Mistake.at(
                  node,
                  "'" + section + "' is not written as a table of its kind",
                  "Begin it with " + head(section) + "."));
    }
  }

  /** The first table that has a key of this name. */
  private static Optional<String> homeOf(String key) {
    return Schema.sections().stream()
        .filter(section -> Schema.find(section, key).isPresent())
        .findFirst();
  }

  private static String head(String section) {
    return Schema.isRepeated(section) ? "[[" + section + "]]" : "[" + section + "]";
  }

  private Entry entry(String section, Node.Table table) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    table
        .members()
        .forEach(
            (name, node) ->
                Schema.find(section, name)
                    .ifPresentOrElse(
                        key -> values(key, node).ifPresent(found -> values.put(name, found)),
                        () -> unknown(section, name, node)));
    return new Entry(values, table.line(), table.column());
  }

  private void unknown(String section, String name, Node node) {
    List<String> known = Schema.keysOf(section).stream().map(Key::name).toList();
    mistakes.add(
        Mistake.at(
            node, "'" + name + "' is no key of " + head(section), Nearest.advice(name, known)));
  }

  private Optional<List<String>> values(Key key, Node node) {
    return switch (key.shape()) {
      case ONE -> value(key, node).map(List::of);
      case LIST -> list(key, node);
      case NAMED -> named(key, node);
    };
  }

  private Optional<List<String>> list(Key key, Node node) {
    if (!(node instanceof Node.Items items)) {
      mistakes.add(
          Mistake.at(
              node, "'" + key.name() + "' is a list", "Write it in brackets: [\"…\", \"…\"]."));
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    items.values().forEach(item -> value(key, item).ifPresent(values::add));
    return values.size() == items.values().size() ? Optional.of(values) : Optional.empty();
  }

  private Optional<List<String>> named(Key key, Node node) {
    if (!(node instanceof Node.Table table)) {
      mistakes.add(
          Mistake.at(
              node,
              "'" + key.name() + "' is a table of names and commands",
              "Write it as " + key.name() + " = { \"accounts.sql\" = \"mysqldump vpopmail\" }."));
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    table
        .members()
        .forEach(
            (name, member) -> {
              if (!Kind.WORD.fits(name)) {
                mistakes.add(
                    Mistake.at(
                        member,
                        "'" + name + "' is no name",
                        "It is " + Kind.WORD.expected() + "."));
              }
              value(key, member).ifPresent(command -> values.add(name + "=" + command));
            });
    return values.size() == table.members().size() ? Optional.of(values) : Optional.empty();
  }

  private Optional<String> value(Key key, Node node) {
    Optional<String> text =
        switch (node) {
          case Node.Text value when !key.kind().isNumber() && key.kind() != Kind.TRUTH ->
              Optional.of(value.value());
          case Node.Whole value when key.kind().isNumber() ->
              Optional.of(String.valueOf(value.value()));
          case Node.Truth value when key.kind() == Kind.TRUTH ->
              Optional.of(String.valueOf(value.value()));
          default -> Optional.empty();
        };
    Optional<String> right = text.filter(key.kind()::fits);
    if (right.isEmpty()) {
      mistakes.add(
          Mistake.at(
              node,
              "'" + key.name() + "' in " + head(key.section()) + " cannot be " + shown(node),
              "It is " + key.kind().expected() + "."));
    }
    return right;
  }

  private static String shown(Node node) {
    return switch (node) {
      case Node.Text text -> "\"" + text.value() + "\"";
      case Node.Whole number -> String.valueOf(number.value());
      case Node.Truth truth -> String.valueOf(truth.value());
      case Node.Items _ -> "a list";
      case Node.Table _ -> "a table";
      case Node.Other other -> other.what();
    };
  }
}
