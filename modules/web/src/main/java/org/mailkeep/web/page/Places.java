package org.mailkeep.web.page;

import org.mailkeep.engine.history.FoundMessage;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.engine.recover.StoredMessage;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.OpenMailbox;

/**
 * Where mailboxes and messages are, as pages name them to each other: {@code at} a snapshot, {@code
 * box} a Maildir, {@code folder} a directory in it, {@code name} the base name of a message.
 */
final class Places {

  private Places() {}

  static Link mailboxes(String snapshot) {
    return Link.of("/mailboxes").with("at", snapshot);
  }

  static Link mailbox(String page, String snapshot, String path) {
    return Link.of(page).with("at", snapshot).with("box", path);
  }

  static Link mailbox(String page, OpenMailbox open) {
    return mailbox(page, open.snapshot().id().toString(), open.stored().mailbox().path().text());
  }

  static Link folder(String page, OpenMailbox open, StoredMailbox.Folder folder) {
    return mailbox(page, open).with("folder", folder.key().text());
  }

  static Link message(
      String page, OpenMailbox open, StoredMailbox.Folder folder, StoredMessage message) {
    return folder(page, open, folder).with("name", message.name().baseName().text());
  }

  static Link message(FoundMessage message) {
    return mailbox("/message", message.last().id().toString(), message.mailbox().path().text())
        .with("folder", message.place().folder().text())
        .with("name", message.base().text());
  }
}
