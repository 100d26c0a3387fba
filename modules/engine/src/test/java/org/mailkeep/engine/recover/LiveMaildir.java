package org.mailkeep.engine.recover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A mailbox on disk, and what users and servers do to it. */
final class LiveMaildir {

  static final Instant TIME = Instant.parse("2026-11-20T10:00:00.123456789Z");

  private final Path path;

  LiveMaildir(Path path) throws IOException {
    this.path = path;
    parts(path);
  }

  Path path() {
    return path;
  }

  private static void parts(Path folder) throws IOException {
    for (String part : List.of("cur", "new", "tmp")) {
      Files.createDirectories(folder.resolve(part));
    }
  }

  LiveMaildir folder(String directory) throws IOException {
    parts(path.resolve(directory));
    Files.createFile(path.resolve(directory).resolve("maildirfolder"));
    return this;
  }

  /** A message whose text is unlike all others. */
  Path message(String place, String text) throws IOException {
    Path file = path.resolve(place);
    String mail =
        "From: Ben <ben@example.org>\nMessage-ID: <"
            + text
            + "@example.org>\nSubject: "
            + text
            + "\n\nThis is "
            + text
            + ".\n";
    Files.write(file, mail.getBytes(UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(TIME));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  void move(String from, String to) throws IOException {
    Files.move(path.resolve(from), path.resolve(to));
  }

  /** As IMAP's COPY and EXPUNGE move a message: under another name. */
  void copyAndDelete(String from, String to) throws IOException {
    Files.copy(path.resolve(from), path.resolve(to));
    Files.delete(path.resolve(from));
  }

  void delete(String... places) throws IOException {
    for (String place : places) {
      Files.delete(path.resolve(place));
    }
  }

  /** The names in a directory. */
  List<String> names(String directory) throws IOException {
    try (Stream<Path> files = Files.list(path.resolve(directory))) {
      return files.map(file -> Objects.requireNonNull(file.getFileName()).toString()).toList();
    }
  }

  /** Runs a command that must succeed. */
  static void command(String... words) throws IOException {
    try {
      int code = new ProcessBuilder(words).start().waitFor();
      if (code != 0) {
        throw new AssertionError(List.of(words) + " ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The only file in a directory. */
  Path only(String directory) throws IOException {
    List<String> names = names(directory);
    if (names.size() != 1) {
      throw new AssertionError(directory + " has " + names);
    }
    return path.resolve(directory).resolve(names.getFirst());
  }
}
