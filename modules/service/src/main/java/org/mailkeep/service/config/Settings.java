package org.mailkeep.service.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What opens a repository. Who names one of these by hand does not mean another as well. */
  private static final Set<String> SECRETS =
      Set.of("key-file", "password-file", "password-command", "private-key");

  private static final String PASSWORD = "MAILKEEP_PASSWORD";

  private final Map<String, String> given;
  private final Map<String, String> environment;
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

  private Settings(
      Map<String, String> given,
      Map<String, String> environment,
      ConfigurationFile file,
      Optional<Path> path) {
    this.given = Map.copyOf(given);
    this.environment = Map.copyOf(environment);
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
    Settings settings = new Settings(given, environment, file, path);
    for (String name : given.keySet()) {
      if (!name.startsWith("-") && Schema.single().stream().noneMatch(k -> k.path().equals(name))) {
        throw new UsageException(
            "'" + name + "' is no key",
            Nearest.advice(name, Schema.single().stream().map(Key::path).toList()));
      }
    }
    return settings;
  }

  /** Of a text, as if it stood in a file; for tests. */
  static Settings parse(String toml, Map<String, String> given, Map<String, String> environment) {
    return new Settings(given, environment, ConfigurationFile.parse(toml), Optional.empty());
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
    return flag(key).or(() -> variable(key)).or(() -> inFile(key));
  }

  private Optional<Found> flag(Key key) {
    return key.option()
        .filter(given::containsKey)
        .or(() -> Optional.of(key.path()).filter(given::containsKey))
        .map(
            name ->
                new Found(
                    checked(key, split(key, given.getOrDefault(name, "")), name),
                    Origin.FLAG,
                    name.startsWith("-") ? name : "--set " + name));
  }

  private Optional<Found> variable(Key key) {
    return key.variables().stream()
        .filter(name -> !environment.getOrDefault(name, "").isEmpty())
        .findFirst()
        .map(
            name ->
                new Found(
                    checked(key, split(key, environment.getOrDefault(name, "")), name),
                    Origin.ENVIRONMENT,
                    name));
  }

  private Optional<Found> inFile(Key key) {
    if (isSecret(key) && namesSecretAbove()) {
      return Optional.empty();
    }
    return file.value(key)
        .map(
            values ->
                new Found(
                    values.stream().map(value -> resolved(key, value)).toList(),
                    Origin.FILE,
                    path.map(Path::toString).orElse("the file")));
  }

  private static boolean isSecret(Key key) {
    return key.section().equals(Schema.REPOSITORY) && SECRETS.contains(key.name());
  }

  private boolean namesSecretAbove() {
    return !environment.getOrDefault(PASSWORD, "").isEmpty()
        || SECRETS.stream()
            .map(name -> Schema.get(Schema.REPOSITORY, name))
            .anyMatch(key -> flag(key).isPresent() || variable(key).isPresent());
  }

  private static List<String> split(Key key, String text) {
    return key.shape() == Key.Shape.ONE ? List.of(text) : List.of(text.split(",", -1));
  }

  /** Options check their own values, and better; what they do not know is checked here. */
  private static List<String> checked(Key key, List<String> values, String name) {
    for (String value : values) {
      if (key.option().isEmpty() && !key.kind().fits(value)) {
        throw new UsageException(
            name + " cannot be '" + value + "'", "It is " + key.kind().expected() + ".");
      }
    }
    return values;
  }

  /** A file's name, with that of a credential resolved. */
  String resolved(Key key, String value) {
    if (!key.isSecretFile() || !value.startsWith(CREDENTIAL)) {
      return value;
    }
    String folder = environment.getOrDefault("CREDENTIALS_DIRECTORY", CREDENTIAL_STORE.toString());
    return Path.of(folder, value.substring(CREDENTIAL.length())).toString();
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

  /** The tables of a kind of which there may be several. */
  List<Entry> entries(String section) {
    return file.tables(section);
  }

  /** For the repeated tables: what {@code config show} prints of them. */
  public Stream<Map.Entry<String, List<String>>> written() {
    List<Map.Entry<String, List<String>>> lines = new ArrayList<>();
    for (String section : Schema.sections()) {
      if (Schema.isRepeated(section)) {
        List<Entry> entries = entries(section);
        for (int i = 0; i < entries.size(); i++) {
          Entry entry = entries.get(i);
          String prefix = section + "[" + (i + 1) + "].";
          Schema.keysOf(section).stream()
              .filter(key -> entry.has(key.name()))
              .forEach(
                  key ->
                      lines.add(Map.entry(prefix + key.name(), key.shown(entry.list(key.name())))));
        }
      }
    }
    return lines.stream();
  }
}
