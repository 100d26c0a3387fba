package org.mailkeep.mail.account;

import java.util.List;

/**
 * The users and groups of a mail server, whose numbers its programs may have compiled in. Of qmail
 * from conf-users and conf-groups (some distributions call nofiles qnofiles), of vpopmail from its
 * configure script.
 */
public final class MailAccounts {

  /** Names of users. */
  public static final List<String> USERS =
      List.of("alias", "qmaild", "qmaill", "qmailp", "qmailq", "qmailr", "qmails", "vpopmail");

  /** Names of groups. */
  public static final List<String> GROUPS = List.of("qmail", "nofiles", "qnofiles", "vchkpw");

  /** The user that owns qmail's queue, and the program that fills it. */
  public static final String QUEUE_USER = "qmailq";

  /** The user that owns the mailboxes of vpopmail. */
  public static final String VPOPMAIL = "vpopmail";

  private MailAccounts() {}
}
