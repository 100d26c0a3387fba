package org.mailkeep.mail.message;

import java.util.List;

/**
 * The header fields that delivery puts on top of a message, and in which the copies in different
 * mailboxes differ. The first other field ends the trace.
 *
 * <p>Taking one line too many costs little: it is stored once a copy, beside others like it. Taking
 * one too few makes every copy's whole header unique. So all leading Received lines count, though
 * the lower ones are mostly shared.
 */
final class TraceFields {

  /** In lower case; a name that ends in '-' stands for all that begin so. */
  private static final List<String> NAMES =
      List.of(
          "received", // RFC 5321, 4.4: every relay; qmail's "(qmail 123 invoked by uid 89)"
          "return-path", // RFC 5321, 4.4: qmail-local, vdelivermail, Dovecot's LMTP; VERP differs
          "delivered-to", // qmail-local, vdelivermail, Postfix, Dovecot's LMTP
          "x-original-to", // Postfix
          "x-original-delivered-to", // mail moved between systems by fetchers
          "x-delivered-to",
          "envelope-to", // Exim
          "x-envelope-to",
          "x-envelope-from",
          "x-rcpt-to",
          "delivery-date", // Exim
          "received-spf", // RFC 7208, 9.1: stands among the Received lines
          "authentication-results", // RFC 8601, 4.1: the same
          "x-sieve", // Cyrus and Dovecot Pigeonhole
          "x-qmail-scanner-",
          "x-spam-", // SpamAssassin run at delivery, which differs by user
          "x-virus-");

  private TraceFields() {}

  /** Whether the line's field name, which ends at {@code nameEnd}, is one of these. */
  static boolean contain(byte[] line, int from, int nameEnd) {
    for (String name : NAMES) {
      if (name.endsWith("-")
          ? Ascii.startsWithIgnoreCase(line, from, nameEnd, name)
          : Ascii.equalsIgnoreCase(line, from, nameEnd, name)) {
        return true;
      }
    }
    return false;
  }
}
