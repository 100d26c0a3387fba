package org.mailkeep.engine.recover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All messages of a mailbox on disk.
 *
 * @param messages in no particular order
 */
record MailboxImage(List<Message> messages) {

  /**
   * A message.
   *
   * @param folder the directory of its folder; empty for the INBOX
   * @param part cur or new
   * @param name its file's name
   * @param content its bytes, as text
   * @param mtime its modification time in nanoseconds
   */
  record Message(String folder, String part, String name, String content, String mtime) {

    String flags() {
      int colon = name.indexOf(":2,");
      return colon < 0 ? "none" : name.substring(colon + 3);
    }

    String base() {
      return name.replaceFirst(":2,.*", "");
    }

    /** All but its name, which a recovered message has not kept. */
    String likeness() {
      return folder + "/" + part + " " + flags() + " " + mtime + " " + content.hashCode();
    }
  }

  static MailboxImage of(Path maildir) throws IOException {
    List<Message> messages = new ArrayList<>();
    List<Path> folders = new ArrayList<>(List.of(maildir));
    try (Stream<Path> below = Files.list(maildir)) {
      below
          .filter(path -> name(path).startsWith(".") && Files.isDirectory(path.resolve("cur")))
          .forEach(folders::add);
    }
    for (Path folder : folders) {
      for (String part : List.of("cur", "new")) {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
          for (Path file : files.toList()) {
            messages.add(
                new Message(
                    folder.equals(maildir) ? "" : name(folder),
                    part,
                    name(file),
                    Files.readString(file, StandardCharsets.ISO_8859_1),
                    Files.getLastModifiedTime(file).toString()));
          }
        }
      }
    }
    return new MailboxImage(messages);
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  Set<String> contents() {
    Set<String> contents = new HashSet<>();
    messages.forEach(message -> contents.add(message.content()));
    return contents;
  }

  /** What this one has and another has nowhere. */
  List<Message> missingFrom(MailboxImage other) {
    Set<String> there = other.contents();
    return messages.stream().filter(message -> !there.contains(message.content())).toList();
  }

  /** What this one has beside the files that another has, too. */
  List<Message> beside(MailboxImage other) {
    List<Message> rest = new ArrayList<>(messages);
    rest.removeAll(other.messages);
    return rest;
  }

  static List<String> likenesses(List<Message> messages) {
    return messages.stream().map(Message::likeness).sorted().toList();
  }
}
