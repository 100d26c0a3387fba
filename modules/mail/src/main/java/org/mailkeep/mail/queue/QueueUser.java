package org.mailkeep.mail.queue;

/** The users that own parts of a queue; the group is always {@link #GROUP}. */
public enum QueueUser {
  /** Of qmail-queue, which takes mail in. */
  QUEUE("qmailq"),
  /** Of qmail-rspawn and qmail-remote. */
  REMOTE("qmailr"),
  /** Of qmail-send, which delivers. */
  SEND("qmails");

  /** The name of the queue's group. */
  public static final String GROUP = "qmail";

  private final String account;

  QueueUser(String account) {
    this.account = account;
  }

  /** The user's name. */
  public String account() {
    return account;
  }
}
