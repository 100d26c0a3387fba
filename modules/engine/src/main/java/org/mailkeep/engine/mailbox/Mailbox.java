package org.mailkeep.engine.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.mailbox.MailAddress;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * A mailbox.
 *
 * @param address whose it is; empty where nothing tells
 * @param path its Maildir, as the server sees it
 */
public record Mailbox(Optional<MailAddress> address, RawPath path) {

  /** What people call it: user@domain, or its path. */
  public String name() {
    return address.map(MailAddress::toString).orElseGet(path::text);
  }

  /** Its folders in a store, the INBOX first, the others in the order of their directories. */
  public List<MailFolder> folders(MailStore store) {
    List<MailFolder> folders = new ArrayList<>();
    store
        .folder(path)
        .ifPresent(
            maildir -> {
              folders.add(new MailFolder(FolderName.INBOX, path));
              for (FileName name : maildir.directories()) {
                if (MaildirFolder.isFolderName(name)
                    && maildir.child(name).map(MailStore.Folder::isMaildir).orElse(false)) {
                  folders.add(new MailFolder(FolderName.of(name), path.resolve(name)));
                }
              }
            });
    return folders;
  }
}
