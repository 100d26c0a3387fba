package org.mailkeep.testkit.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The folders and file names of Maildir++. */
final class Maildir {

  static final List<String> FOLDERS = List.of(".Sent", ".Archive", ".Archive.2025");

  private Maildir() {}

  static void create(Path maildir) throws IOException {
    createFolder(maildir);
    for (String name : FOLDERS) {
      createFolder(maildir.resolve(name));
      Files.createFile(maildir.resolve(name).resolve("maildirfolder"));
    }
  }

  private static void createFolder(Path folder) throws IOException {
    for (String part : List.of("cur", "new", "tmp")) {
      Files.createDirectories(folder.resolve(part));
    }
  }

  /** The folder of a message file: two above it. */
  static Path folderOf(Path file) {
    return parent(parent(file));
  }

  /** The mailbox of a message file: its Maildir, be the file in the inbox or in a folder. */
  static Path mailboxOf(Path file) {
    Path folder = folderOf(file);
    boolean inbox = folder.endsWith("Maildir");
    return inbox ? folder : parent(folder);
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  /** A file's name without its flags. */
  static String baseName(Path file) {
    return name(file).replaceFirst(":2,.*", "");
  }

  /** A file's flags, such as "RS"; none in {@code new}. */
  static String flags(Path file) {
    int colon = name(file).indexOf(":2,");
    return colon < 0 ? "" : name(file).substring(colon + 3);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
