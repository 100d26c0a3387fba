package org.mailkeep.engine.history;

import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.error.UsageException;

/**
 * A folder as somebody named it; it fits in large or small letters, with accents or without.
 *
 * @param name its name
 */
public record FolderPattern(FolderName name) {

  /**
   * Reads a name, such as {@code Archive/2026} or {@code INBOX}.
   *
   * @throws UsageException where no folder can be named so
   */
  public static FolderPattern of(String text) {
    return FolderName.parse(text)
        .map(FolderPattern::new)
        .orElseThrow(
            () ->
                new UsageException(
                    "'" + text + "' is no name of a folder",
                    "Write it as the mail program shows it, such as Archive/2026 or INBOX."));
  }

  /** Whether a message is in this folder. */
  boolean fits(MessagePlace place) {
    return FoldedWords.fold(place.folderName()).equals(FoldedWords.fold(name.toString()));
  }
}
