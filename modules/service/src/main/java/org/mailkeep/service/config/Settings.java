package org.mailkeep.service.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.model.error.UsageException;

/**
 * What is in force: for each key the option of the command line where it was given, else the
 * environment, else the file. This class is the one place that decides it; where it finds nothing
 * the program's own default holds.
 */
public final class Settings {

  /** Where systemd has the credentials that a unit asks for. */
  public static final Path CREDENTIAL_STORE = Path.of("/etc/credstore");

  private static final String CREDENTIAL = "credential:";

  private final Overlay overlay;
  private final ConfigurationFile file;
  private final Optional<Path> path;

  /**
   * A value, and where it comes from.
   *
   * @param values one, or those of a list
   * @param origin of all of them
   * @param name of the option or variable, or the file
   */
  public record Found(List<String> values, Origin origin, String name) {

    /** Copies the list. */
    public Found {
      values = List.copyOf(values);
    }
  }

  private Settings(Overlay overlay, ConfigurationFile file, Optional<Path> path) {
    this.overlay = overlay;
    this.file = file;
    this.path = path;
  }

  /**
   * Reads the file.
   *
   * @param path the file; empty for none
   * @param given values by options such as {@code --repo}, or by paths of keys such as {@code
   *     check.every}
   * @param environment the variables
   * @throws UsageException where a value that was given is wrong; mistakes of the file are kept
   */
  public static Settings read(
      Optional<Path> path, Map<String, String> given, Map<String, String> environment) {
    ConfigurationFile file = path.map(ConfigurationFile::read).orElseGet(ConfigurationFile::none);
    return new Settings(new Overlay(given, environment), file, path);
  }

  /** Of a text, as if it stood in a file; for tests. */
  static Settings parse(String toml, Map<String, String> given, Map<String, String> environment) {
    return new Settings(
        new Overlay(given, environment), ConfigurationFile.parse(toml), Optional.empty());
  }

  /** The file; empty where there is none. */
  public Optional<Path> path() {
    return path;
  }

  /** What is wrong with the file. */
  public List<Mistake> mistakes() {
    List<Mistake> all = new ArrayList<>(file.mistakes());
    if (all.isEmpty()) {
      all.addAll(Rules.mistakes(this));
    }
    return all;
  }

  /**
   * Stops where the file has mistakes.
   *
   * @throws UsageException that tells the first
   */
  public Settings require() {
    List<Mistake> all = file.mistakes();
    if (!all.isEmpty()) {
      Mistake first = all.getFirst();
      String more =
          all.size() == 1 ? "" : " 'mailkeep config check' tells " + (all.size() - 1) + " more.";
      throw new UsageException(
          "The configuration " + path.map(Path::toString).orElse("") + " is wrong: " + first,
          first.advice() + more);
    }
    return this;
  }

  /** The value in force; empty where the program's own default is. */
  public Optional<Found> find(Key key) {
    return find(
        TableName.single(key.section()), key, file.tables(key.section()).stream().findFirst());
  }

  private Optional<Found> find(TableName table, Key key, Optional<Entry> written) {
    return overlay
        .find(table, key, written.filter(entry -> entry.has(key.name())).map(e -> inFile(key, e)))
        .map(found -> key.isSecretFile() ? resolved(found) : found);
  }

  private Found inFile(Key key, Entry entry) {
    return new Found(
        entry.list(key.name()), Origin.FILE, path.map(Path::toString).orElse("the file"));
  }

  private Found resolved(Found found) {
    return new Found(
        found.values().stream().map(this::resolved).toList(), found.origin(), found.name());
  }

  /** A file's name, with that of a credential resolved. */
  private String resolved(String value) {
    if (!value.startsWith(CREDENTIAL)) {
      return value;
    }
    String folder = overlay.variable("CREDENTIALS_DIRECTORY");
    Path store = folder.isEmpty() ? CREDENTIAL_STORE : Path.of(folder);
    return store.resolve(value.substring(CREDENTIAL.length())).toString();
  }

  /** The credentials that a service needs from systemd. */
  public List<String> credentials() {
    return Schema.sections().stream()
        .flatMap(section -> file.tables(section).stream())
        .flatMap(entry -> entry.values().values().stream().flatMap(List::stream))
        .filter(value -> value.startsWith(CREDENTIAL))
        .map(value -> value.substring(CREDENTIAL.length()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether commands give the secrets. */
  public boolean namesCommands() {
    return Schema.keysOf(Schema.REPOSITORY).stream()
        .anyMatch(key -> key.kind() == Kind.COMMAND && find(key).isPresent());
  }

  /** All of a table that stands once, as it is in force. */
  Entry entry(String section) {
    Map<String, List<String>> values = new HashMap<>();
    for (Key key : Schema.keysOf(section)) {
      find(key).ifPresent(found -> values.put(key.name(), found.values()));
    }
    Optional<Entry> written = file.tables(section).stream().findFirst();
    return new Entry(
        values, written.map(Entry::line).orElse(0), written.map(Entry::column).orElse(0));
  }

  /** The tables of a kind of which there may be several: those of the file, then others. */
  List<Entry> entries(String section) {
    return repeated(section).map(this::entry).toList();
  }

  /** A repeated table, with what the file has of it. */
  private record Repeated(TableName name, Optional<Entry> written) {}

  private Stream<Repeated> repeated(String section) {
    List<Repeated> written = new ArrayList<>();
    for (Entry entry : file.tables(section)) {
      String number = String.valueOf(written.size() + 1);
      TableName name = new TableName(section, entry.text("name").orElse(number));
      written.add(new Repeated(name, Optional.of(entry)));
    }
    List<TableName> names = written.stream().map(Repeated::name).toList();
    return Stream.concat(
        written.stream(),
        overlay.others(section, names).map(name -> new Repeated(name, Optional.empty())));
  }

  private Entry entry(Repeated table) {
    Map<String, List<String>> values = new HashMap<>();
    eachOf(table).forEach((key, found) -> values.put(key.name(), found.values()));
    return new Entry(
        values,
        table.written.map(Entry::line).orElse(0),
        table.written.map(Entry::column).orElse(0));
  }

  private Map<Key, Found> eachOf(Repeated table) {
    Map<Key, Found> all = new LinkedHashMap<>();
    for (Key key : Schema.keysOf(table.name.section())) {
      find(table.name, key, table.written).ifPresent(found -> all.put(key, found));
    }
    Key name = Schema.keysOf(table.name.section()).getFirst();
    if (table.written.isEmpty() && table.name.isNamed()) {
      Found made = all.values().iterator().next();
      all.put(name, new Found(List.of(table.name.name()), made.origin(), made.name()));
    }
    return all;
  }

  /** The repeated tables as they are in force, by keys such as {@code source.mail.every}. */
  public Stream<Map.Entry<String, Found>> repeated() {
    return Schema.sections().stream()
        .filter(Schema::isRepeated)
        .flatMap(this::repeated)
        .flatMap(
            table ->
                eachOf(table).entrySet().stream()
                    .map(value -> Map.entry(table.name.path(value.getKey()), shown(value))));
  }

  private static Found shown(Map.Entry<Key, Found> value) {
    Found found = value.getValue();
    return new Found(value.getKey().shown(found.values()), found.origin(), found.name());
  }
}
