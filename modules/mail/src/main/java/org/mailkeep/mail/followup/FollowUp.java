package org.mailkeep.mail.followup;

import java.util.List;

/**
 * One thing to do.
 *
 * @param topic what it is about
 * @param commands what to run, for a shell; the first of them where there are many
 * @param more how many commands there are beside these
 */
public record FollowUp(Topic topic, List<String> commands, long more) {

  /** Copies the list. */
  public FollowUp {
    commands = List.copyOf(commands);
  }

  /** What can be to do, in the order in which it is done. */
  public enum Topic {
    /** Programs of qmail have numbers of users compiled in. */
    ACCOUNTS("qmail's programs have the numbers of its users compiled in. Are they this host's?"),
    /** Accounts are in SQL. */
    DATABASE("vpopmail has its accounts in a database. Load its dump if that is lost too."),
    /** Queues do not come back. */
    QUEUE("A restore brings no queue back. Make an empty one before qmail starts."),
    /** The compiled copy of users/assign. */
    ASSIGN("qmail reads a compiled copy of users/assign."),
    /** The compiled copy of control/morercpthosts. */
    MORERCPTHOSTS("qmail-smtpd reads a compiled copy of control/morercpthosts."),
    /** The compiled copies of rules for tcpserver. */
    TCP_RULES("tcpserver reads compiled copies of its rules."),
    /** The compiled copies of vpasswd. */
    VPASSWD("vpopmail reads a compiled copy of each domain's vpasswd."),
    /** Sums of what a mailbox holds. */
    QUOTA(
        "Sums in maildirsize are as old as the snapshot. vpopmail counts anew when one is older"
            + " than 15 minutes; Courier and Dovecot when a mailbox seems full."),
    /** What qmail-send has in memory. */
    RELOAD(
        "A running qmail-send reads locals and virtualdomains again on a signal; other control"
            + " files only when it starts."),
    /** Services that svscan starts. */
    SERVICES(
        "Start the services last. svscan starts whatever is in its folder within five seconds,"
            + " unless there is a file named down.");

    private final String text;

    Topic(String text) {
      this.text = text;
    }

    /** Why it is to be done, one or two sentences. */
    public String text() {
      return text;
    }
  }
}
