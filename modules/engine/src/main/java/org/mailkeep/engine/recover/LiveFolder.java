package org.mailkeep.engine.recover;

import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;

/**
 * A folder of a live mailbox.
 *
 * @param name what people call it
 * @param directory its directory in the Maildir; empty for the INBOX, which is the Maildir itself
 */
record LiveFolder(FolderName name, Optional<FileName> directory) {

  static final LiveFolder INBOX = new LiveFolder(FolderName.INBOX, Optional.empty());

  /** Opens it; a link is none. */
  Directory open(Directory maildir) {
    return directory.map(maildir::openDirectory).orElseGet(maildir::duplicate);
  }
}
