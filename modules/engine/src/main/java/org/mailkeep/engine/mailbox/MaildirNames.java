package org.mailkeep.engine.mailbox;

import org.mailkeep.model.FileName;

/** Names that every Maildir has. */
final class MaildirNames {

  static final FileName CUR = FileName.of("cur");
  static final FileName NEW = FileName.of("new");
  static final FileName TMP = FileName.of("tmp");

  private MaildirNames() {}
}
