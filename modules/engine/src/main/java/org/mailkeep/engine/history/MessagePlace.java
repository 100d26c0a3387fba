package org.mailkeep.engine.history;

import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.FileName;

/**
 * Where a message is in its mailbox, and with which flags.
 *
 * @param folder the directory of its Maildir++ folder, such as {@code .Sent}; no name for the INBOX
 * @param fresh whether it is in {@code new}, where no mail program has seen it
 * @param flags its flags in the order of letters, such as {@code RS}
 */
public record MessagePlace(FileName folder, boolean fresh, String flags) {

  /** The folder of the INBOX. */
  public static final FileName INBOX = FileName.of("");

  /** What people call the folder. */
  public FolderName name() {
    return folder.length() == 0 ? FolderName.INBOX : FolderName.of(folder);
  }

  /** Whether people call the folder so, in large or small letters, with or without accents. */
  boolean isIn(FolderName folderName) {
    return FoldedWords.fold(name().toString()).equals(FoldedWords.fold(folderName.toString()));
  }

  boolean isSameFolder(MessagePlace other) {
    return folder.equals(other.folder);
  }
}
