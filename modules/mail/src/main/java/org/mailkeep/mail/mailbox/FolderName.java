package org.mailkeep.mail.mailbox;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.model.FileName;

/**
 * What people call a folder of a mailbox. Two names are equal where they read the same: composed
 * accents and combining ones are one.
 *
 * @param path the names from the top, none of them empty and none with a dot or slash; no names at
 *     all for the INBOX
 */
public record FolderName(List<String> path) {

  /** The folder that every mailbox has. */
  public static final FolderName INBOX = new FolderName(List.of());

  private static final String INBOX_TEXT = "INBOX";

  /** Composes accents, checks the names. */
  public FolderName {
    path = path.stream().map(part -> Normalizer.normalize(part, Normalizer.Form.NFC)).toList();
    for (String part : path) {
      if (part.isEmpty() || part.indexOf('.') >= 0 || part.indexOf('/') >= 0) {
        throw new IllegalArgumentException("no folder can be named \"" + part + "\"");
      }
    }
  }

  /** The name of a folder's directory, such as {@code .Entw&APw-rfe.2026}. */
  public static FolderName of(FileName directory) {
    return new FolderName(MaildirFolder.path(directory));
  }

  /**
   * What somebody wrote: "Archive/2026", "Archive.2026", "INBOX.Archive.2026" and ".Archive.2026"
   * are one, and modified UTF-7 is read as such. Empty where nothing can be named so.
   */
  public static Optional<FolderName> parse(String text) {
    String dotted = text.replace('/', '.');
    String start = dotted.startsWith(".") ? dotted.substring(1) : dotted;
    if (start.toUpperCase(Locale.ROOT).equals(INBOX_TEXT)) {
      return Optional.of(INBOX);
    }
    String prefix = INBOX_TEXT + ".";
    boolean below = start.regionMatches(true, 0, prefix, 0, prefix.length());
    FileName directory = FileName.of("." + (below ? start.substring(prefix.length()) : start));
    boolean hole = directory.text().contains("..") || directory.endsWith(".");
    return hole || !MaildirFolder.isFolderName(directory)
        ? Optional.empty()
        : Optional.of(of(directory));
  }

  /** Whether it is the INBOX. */
  public boolean isInbox() {
    return path.isEmpty();
  }

  /** Whether it is another folder or below it. */
  public boolean startsWith(FolderName other) {
    return path.size() >= other.path.size()
        && path.subList(0, other.path.size()).equals(other.path);
  }

  /** Whether it reads the same but for upper and lower case. */
  public boolean equalsIgnoringCase(FolderName other) {
    return toString().equalsIgnoreCase(other.toString());
  }

  /** Itself and what it is below, the top first; nothing for the INBOX. */
  public Stream<FolderName> branch() {
    return Stream.iterate(1, length -> length <= path.size(), length -> length + 1)
        .map(length -> new FolderName(path.subList(0, length)));
  }

  /** As the directories have it: names with dots between. */
  @Override
  public String toString() {
    return isInbox() ? INBOX_TEXT : String.join(".", path);
  }
}
