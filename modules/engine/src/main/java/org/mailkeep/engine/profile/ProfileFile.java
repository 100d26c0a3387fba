package org.mailkeep.engine.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.profile.Profile.Part;
import org.mailkeep.engine.profile.Profile.Place;
import org.mailkeep.model.error.UsageException;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one profile; every mistake is told with its line. */
final class ProfileFile {

  private static final Pattern ABSOLUTE = Pattern.compile("(/|~[^/*?\\[]+/).*[^/]");
  private static final Set<String> KEYS = Set.of("description", "path");
  private static final Set<String> PART_KEYS = Set.of("path", "domains-in", "why", "without");

  private final String name;
  private final String origin;

  private ProfileFile(String name, String origin) {
    this.name = name;
    this.origin = origin;
  }

  /**
   * The profile of this text.
   *
   * @throws UsageException where it is none
   */
  static Profile read(String name, String origin, String toml) {
    ProfileFile file = new ProfileFile(name, origin);
    return file.read(file.parse(toml));
  }

  /**
   * The library fails on some mistakes, such as half an escape or ten thousand brackets, instead of
   * telling them.
   */
  private TomlParseResult parse(String toml) {
    try {
      return Toml.parse(toml);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      throw mistake(null, "it is no TOML");
    }
  }

  private Profile read(TomlParseResult toml) {
    if (toml.hasErrors()) {
      throw mistake(
          toml.errors().getFirst().position(),
          String.valueOf(toml.errors().getFirst().getMessage()));
    }
    requireKnown(toml, KEYS);
    List<Part> parts = new ArrayList<>();
    TomlArray array = array(toml, "path", "it has no [[path]]");
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof TomlTable table)) {
        throw mistake(array.inputPositionOf(i), "'path' is no [[path]]");
      }
      parts.add(part(table, array.inputPositionOf(i)));
    }
    String description = text(toml, "description", TomlPosition.positionAt(1, 1));
    return new Profile(name, description, origin, parts);
  }

  private Part part(TomlTable table, TomlPosition position) {
    requireKnown(table, PART_KEYS);
    if (table.contains("path") == table.contains("domains-in")) {
      throw mistake(position, "a [[path]] has either 'path' or 'domains-in'");
    }
    Place place =
        table.contains("path")
            ? new Place.Path(absolute(table, "path", position))
            : new Place.Domains(absolute(table, "domains-in", position));
    return new Part(place, text(table, "why", position), without(table));
  }

  private String absolute(TomlTable table, String key, TomlPosition otherwise) {
    String path = text(table, key, otherwise);
    boolean plain = key.equals("path") || path.chars().noneMatch(c -> "~*?[".indexOf(c) >= 0);
    boolean climbs = List.of(path.split("/")).contains("..");
    if (!ABSOLUTE.matcher(path).matches() || !plain || climbs || path.contains("**")) {
      throw mistake(
          table.inputPositionOf(key),
          "'" + path + "' is no path that begins with / or ~USER/, without .. and **");
    }
    PathPattern _ = PathPattern.of(path);
    return path;
  }

  private List<String> without(TomlTable table) {
    List<String> patterns = new ArrayList<>();
    if (!table.contains("without")) {
      return patterns;
    }
    TomlArray array = array(table, "without", "'without' is a list of patterns");
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof String pattern)) {
        throw mistake(array.inputPositionOf(i), "a pattern of 'without' is a text");
      }
      if (pattern.isEmpty() || pattern.startsWith("/")) {
        throw mistake(
            array.inputPositionOf(i), "a pattern of 'without' is relative to what was found");
      }
      PathPattern _ = PathPattern.of(pattern);
      patterns.add(pattern);
    }
    return patterns;
  }

  private TomlArray array(TomlTable table, String key, String otherwise) {
    if (table.get(key) instanceof TomlArray array && !array.isEmpty()) {
      return array;
    }
    throw mistake(table.inputPositionOf(key), otherwise);
  }

  private String text(TomlTable table, String key, TomlPosition otherwise) {
    if (!table.contains(key)) {
      throw mistake(otherwise, "'" + key + "' is missing");
    }
    if (table.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw mistake(table.inputPositionOf(key), "'" + key + "' is not a text");
  }

  private void requireKnown(TomlTable table, Set<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        throw mistake(
            table.inputPositionOf(List.of(key)),
            "'"
                + key
                + "' is unknown; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  private UsageException mistake(@Nullable TomlPosition at, String what) {
    String where = at == null ? "" : ", line " + at.line() + ", column " + at.column();
    return new UsageException(
        "The profile '" + name + "' is wrong (" + origin + where + "): " + what,
        "Correct the file; `mailkeep profile show qmail --toml` prints one that is right.");
  }
}
