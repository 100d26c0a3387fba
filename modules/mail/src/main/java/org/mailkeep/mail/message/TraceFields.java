package org.mailkeep.mail.message;

import java.util.List;

/**
 * The header fields that delivery puts on top of a message, and in which the copies in different
 * mailboxes differ. The first other field ends the trace, and so does the first Received line that
 * is one too many: the lowest ones are older than the copies.
 */
final class TraceFields {

  /** RFC 5321, 4.4: one by every relay; qmail's "(qmail 123 invoked by uid 89)" too. */
  private static final String RECEIVED = "received";

  /** In lower case; a name that ends in '-' stands for all that begin so. */
  private static final List<String> NAMES =
      List.of(
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

  private final int maxReceived;
  private int received;
  private boolean over;

  TraceFields(int maxReceived) {
    this.maxReceived = maxReceived;
  }

  void reset() {
    received = 0;
    over = false;
  }

  /** Whether the trace goes on with this line of a header, {@code [from, end)}. */
  boolean take(HeaderReader.Line kind, byte[] line, int from, int end) {
    over = over || !goesOn(kind, line, from, end);
    return !over;
  }

  private boolean goesOn(HeaderReader.Line kind, byte[] line, int from, int end) {
    if (kind != HeaderReader.Line.FIELD) {
      return kind == HeaderReader.Line.FOLDED;
    }
    int nameEnd = HeaderReader.nameEnd(line, from, end);
    if (nameEnd < 0) {
      return true; // the "From " line of an mbox
    }
    if (Ascii.equalsIgnoreCase(line, from, nameEnd, RECEIVED)) {
      return ++received <= maxReceived;
    }
    return isListed(line, from, nameEnd);
  }

  private static boolean isListed(byte[] line, int from, int nameEnd) {
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
