package org.mailkeep.mail.maildir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;

/**
 * Maildir++ (maildir(5) of Courier): folders are directories {@code .Name.Sub} beside the INBOX's
 * {@code cur}, {@code new} and {@code tmp}, all on one level, each a Maildir itself.
 *
 * <p>Names are modified UTF-7 (RFC 3501, 5.1.3) or, since Courier 5 and in Dovecot by setting,
 * UTF-8. Which, the name itself must tell: it is taken for modified UTF-7 if it is exactly what
 * encoding its text gives.
 */
public final class MaildirFolder {

  /** How a folder's name stands in the file system. */
  public enum Charset {
    /** RFC 3501, 5.1.3. */
    MODIFIED_UTF_7,
    /** As maildir(5) has it since Courier 5. */
    UTF_8
  }

  private MaildirFolder() {}

  /** Whether a directory is a Maildir, an INBOX or a folder. */
  public static boolean isMaildir(Listing directory) {
    return directory.has(MaildirNames.CUR, EntryType.DIRECTORY)
        && directory.has(MaildirNames.NEW, EntryType.DIRECTORY)
        && directory.has(MaildirNames.TMP, EntryType.DIRECTORY);
  }

  /** Whether a directory of this name in a Maildir is a folder by its name. */
  public static boolean isFolderName(FileName name) {
    return name.length() > 1 && name.at(0) == '.' && name.at(1) != '.' && !name.endsWith(".");
  }

  /** The folder's path for people, such as [Archive, 2026]; empty for the INBOX itself. */
  public static List<String> path(FileName name) {
    List<String> path = new ArrayList<>();
    // A name is in one charset as a whole: "&-" in one that is no modified UTF-7 means itself.
    boolean utf7 = charset(name).equals(Optional.of(Charset.MODIFIED_UTF_7));
    byte[] bytes = name.bytes();
    int start = 1;
    for (int i = 1; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '.') {
        if (i > start) {
          String text = FileName.of(bytes, start, i).text();
          path.add(utf7 ? ModifiedUtf7.decode(text).orElse(text) : text);
        }
        start = i + 1;
      }
    }
    return path;
  }

  /** The charset of a folder's name, empty where both give the same. */
  public static Optional<Charset> charset(FileName name) {
    String text = name.text();
    if (text.chars().anyMatch(c -> c >= 0x80)) {
      return RawText.isUtf8(text) ? Optional.of(Charset.UTF_8) : Optional.empty();
    }
    if (text.indexOf('&') < 0) {
      return Optional.empty();
    }
    boolean utf7 = ModifiedUtf7.decode(text).isPresent();
    return Optional.of(utf7 ? Charset.MODIFIED_UTF_7 : Charset.UTF_8);
  }

  /**
   * The directory name of a folder.
   *
   * @throws IllegalArgumentException if a part is empty or has a dot or slash, which no Maildir++
   *     folder can have
   */
  public static FileName directory(List<String> path, Charset charset) {
    StringBuilder name = new StringBuilder();
    for (String part : path) {
      if (part.isEmpty() || part.indexOf('.') >= 0 || part.indexOf('/') >= 0) {
        throw new IllegalArgumentException("no folder can be named \"" + part + "\"");
      }
      name.append('.').append(charset == Charset.UTF_8 ? part : ModifiedUtf7.encode(part));
    }
    return FileName.of(name.toString());
  }
}
