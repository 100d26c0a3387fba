package org.mailkeep.mail.maildir;

import org.mailkeep.model.FileName;

/** The directories of which every Maildir folder is made; maildir(5). */
public final class MaildirNames {

  /** Messages that a mail program has seen. */
  public static final FileName CUR = FileName.of("cur");

  /** Messages that no mail program has seen. */
  public static final FileName NEW = FileName.of("new");

  /** Messages whose delivery has not ended. */
  public static final FileName TMP = FileName.of("tmp");

  private MaildirNames() {}
}
