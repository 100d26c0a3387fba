package org.mailkeep.mail.store;

import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.FileName;

/** The kind of directory a file stands in, which decides what its name means. */
public enum Place {
  /** A Maildir or Maildir++ folder, beside {@code cur}, {@code new} and {@code tmp}. */
  MAILDIR,
  /** {@code cur} or {@code new} of a Maildir. */
  MESSAGES,
  /** {@code tmp} of a Maildir. */
  MAILDIR_TMP,
  /** A vpopmail domain, or the directory of all domains. */
  DOMAIN,
  /** {@code etc} of vpopmail. */
  VPOPMAIL_ETC,
  /** {@code control} or {@code users} of qmail. */
  QMAIL_CONFIG,
  /** Anywhere else. */
  OTHER;

  /**
   * What the directory {@code name} is.
   *
   * @param parent what the directory is in
   */
  public static Place of(Place parent, FileName name, Listing directory) {
    if (parent == MAILDIR && (name.equals(MaildirNames.CUR) || name.equals(MaildirNames.NEW))) {
      return MESSAGES;
    }
    if (parent == MAILDIR && name.equals(MaildirNames.TMP)) {
      return MAILDIR_TMP;
    }
    if (MaildirFolder.isMaildir(directory)) {
      return MAILDIR;
    }
    if (hasAny(directory, "vpasswd", ".dir-control", ".qmailadmin-limits", "_vpopmail.sqlite")) {
      return DOMAIN;
    }
    if (name.is("etc") && hasAny(directory, "vlimits.default", "inc_deps", "lib_deps")) {
      return VPOPMAIL_ETC;
    }
    if ((name.is("control") && hasAny(directory, "me", "rcpthosts", "locals"))
        || (name.is("users") && hasAny(directory, "assign"))) {
      return QMAIL_CONFIG;
    }
    return OTHER;
  }

  private static boolean hasAny(Listing directory, String... names) {
    for (String name : names) {
      if (directory.has(FileName.of(name), EntryType.FILE)) {
        return true;
      }
    }
    return false;
  }
}
