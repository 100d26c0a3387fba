package org.mailkeep.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/** The mail server of {@code server.txt}: makes it, and knows what must be left of it. */
final class ServerTable {

  /** In every file that must be found nowhere after a restore. */
  static final String CANARY = "canary-zaq12wsx";

  /** In a message that must come back. */
  static final String KEPT = "KEPT";

  private static final Pattern LINE =
      Pattern.compile(
          "([+0-]) ([dflp]) (0\\d+) +(\\w+) +(\\w+) +(\\S+)(?: -> (\\S+))?(?: = (.*))?");

  private static final Map<String, Integer> USERS =
      Map.of(
          "root",
          0,
          "daemon",
          1,
          "vpopmail",
          89,
          "alias",
          161,
          "qmaild",
          162,
          "qmaill",
          163,
          "qmailp",
          164,
          "qmailq",
          165,
          "qmailr",
          166,
          "qmails",
          167);

  private static final Map<String, Integer> GROUPS =
      Map.of("root", 0, "daemon", 1, "vchkpw", 89, "nofiles", 161, "qmail", 162);

  private final List<Row> rows;

  private ServerTable(List<Row> rows) {
    this.rows = rows;
  }

  /** A line. */
  record Row(
      char back,
      char type,
      int mode,
      int uid,
      int gid,
      String path,
      Optional<String> link,
      String content) {

    static Row of(String line) {
      Matcher match = LINE.matcher(line);
      if (!match.matches()) {
        throw new IllegalArgumentException("not a line of the table: " + line);
      }
      String content = Optional.ofNullable(match.group(8)).orElse(match.group(6));
      return new Row(
          match.group(1).charAt(0),
          match.group(2).charAt(0),
          Integer.parseInt(match.group(3), 8),
          Objects.requireNonNull(USERS.get(match.group(4))),
          Objects.requireNonNull(GROUPS.get(match.group(5))),
          match.group(6),
          Optional.ofNullable(match.group(7)),
          content.replace('|', '\n').replace("!", CANARY));
    }

    /** A time of its own, to the nanosecond. */
    Instant time() {
      return Instant.ofEpochSecond(1_500_000_000L + path.hashCode() % 100_000_000, 123_456_789);
    }

    /** All that there is to know of it. */
    String description() {
      return describe(type, mode, uid, gid, link.orElse(type == 'f' ? content : ""), time());
    }
  }

  private static String describe(
      char type, int mode, int uid, int gid, String content, Instant time) {
    return "%s %o %d:%d %s %s".formatted(type, mode, uid, gid, time, content);
  }

  static ServerTable read() {
    try (InputStream in = ServerTable.class.getResourceAsStream("server.txt")) {
      return new ServerTable(
          new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Row::of)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Integer> users() {
    return USERS;
  }

  static Map<String, Integer> groups() {
    return GROUPS;
  }

  /** Makes the whole server below a folder. */
  void make(Path root) throws IOException, InterruptedException {
    for (Row row : rows) {
      Path path = root.resolve(row.path.substring(1));
      switch (row.type) {
        case 'd' -> Files.createDirectory(path);
        case 'f' -> Files.writeString(path, row.content);
        case 'l' -> Files.createSymbolicLink(path, Path.of(row.link.orElseThrow()));
        default -> {
          if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
            throw new IOException("mkfifo " + path);
          }
        }
      }
    }
    // From the leaves up: what is made in a directory changes its time.
    for (Row row : rows.reversed()) {
      settle(root, row);
    }
  }

  private static void settle(Path root, Row row) {
    Path path = root.resolve(row.path.substring(1));
    FileName name = FileName.of(path.getFileName().toString());
    try (Directory parent = Directory.open(RawPath.of(path.getParent().toString()))) {
      parent.owner(name, row.uid, row.gid);
      if (row.type != 'l') {
        parent.mode(name, row.mode);
      }
      Instant time = row.time();
      parent.modified(name, time.getEpochSecond(), time.getNano());
    }
  }

  /** What a restore must bring back, by path. */
  Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    rows.stream()
        .filter(row -> row.back != '-')
        .forEach(row -> expected.put(row.path, row.description()));
    return expected;
  }

  /** What is below a folder, by path. */
  static Map<String, String> found(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
        found.put("/" + root.relativize(path), describe(path));
      }
    }
    return found;
  }

  private static String describe(Path path) throws IOException {
    FileStat stat = stat(path);
    String content =
        switch (stat.type()) {
          case REGULAR -> Files.readString(path);
          case SYMLINK -> Files.readSymbolicLink(path).toString();
          default -> "";
        };
    char type =
        switch (stat.type()) {
          case REGULAR -> 'f';
          case DIRECTORY -> 'd';
          case SYMLINK -> 'l';
          case FIFO -> 'p';
          default -> '?';
        };
    Instant time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    return describe(type, stat.mode(), stat.uid(), stat.gid(), content, time);
  }

  private static FileStat stat(Path path) {
    try (Directory parent = Directory.open(RawPath.of(path.getParent().toString()))) {
      return parent.stat(FileName.of(path.getFileName().toString()));
    }
  }
}
