package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.mailkeep.mail.header.HeaderFacts;

/**
 * The terms under which messages are found: a letter for what it is about, then a word, or a number
 * of fixed width so that terms of a range stand together. A term may promise too much (a day for a
 * moment, a power of two for a size); what is found by it is looked at again.
 */
final class Terms {

  static final char SUBJECT = 's';
  static final char FROM = 'f';
  static final char TO = 't';
  static final char ATTACHMENT = 'a';
  static final char FOLDER = 'o';
  static final char GONE = 'g';
  private static final char MESSAGE_ID = 'm';
  private static final char DAY = 'd';
  private static final char SIZE = 'z';
  private static final char MAILBOX = 'b';

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long SECONDS_A_DAY = 86_400;

  private Terms() {}

  /** Takes terms. */
  interface Taker {
    /** The next one: its letter, and what stands behind it. */
    void term(char about, String word);
  }

  /** All terms of a message that do not change but its senders' and recipients', some twice. */
  static void forEachOther(KeptMessage message, Taker taker) {
    HeaderFacts facts = message.facts();
    FoldedWords.forEach(facts.subject(), word -> taker.term(SUBJECT, word));
    if (!facts.messageId().isEmpty()) {
      taker.term(MESSAGE_ID, idWord(facts.messageId()));
    }
    facts
        .attachments()
        .forEach(name -> FoldedWords.forEach(name, word -> taker.term(ATTACHMENT, word)));
    taker.term(DAY, hex(dayNumber(message.date()), 6));
    taker.term(SIZE, hex(magnitude(message.size()), 2));
    taker.term(MAILBOX, hex(message.mailbox(), 8));
  }

  /** Ids are long and no two are alike, so a hash stands for them. */
  static String messageId(String id) {
    return MESSAGE_ID + idWord(id);
  }

  private static String idWord(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hex(hash ^ hash >>> 29, 16);
  }

  static String day(Instant moment) {
    return DAY + hex(dayNumber(moment), 6);
  }

  private static long dayNumber(Instant moment) {
    return Math.max(0, moment.getEpochSecond() / SECONDS_A_DAY);
  }

  static String firstDay() {
    return DAY + hex(0, 6);
  }

  static String lastDay() {
    return DAY + "ffffff";
  }

  static String size(long bytes) {
    return SIZE + hex(magnitude(bytes), 2);
  }

  private static int magnitude(long bytes) {
    return 64 - Long.numberOfLeadingZeros(Math.max(0, bytes));
  }

  static String mailbox(int number) {
    return MAILBOX + hex(number, 8);
  }

  /** The folder that people call so. */
  static String folder(String name) {
    return FOLDER + folderWord(name);
  }

  static String folderWord(String name) {
    return FoldedWords.fold(name);
  }

  /** What stands behind the letter of those that were gone first in this snapshot. */
  static String goneWord(int snapshot) {
    return hex(snapshot, 8);
  }

  /** Every term of messages that are gone. */
  static String anyGone() {
    return String.valueOf(GONE);
  }

  private static String hex(long number, int digits) {
    byte[] hex = new byte[digits];
    for (int i = digits - 1; i >= 0; i--) {
      hex[i] = HEX[(int) (number >>> (4 * (digits - 1 - i))) & 15];
    }
    return new String(hex, StandardCharsets.US_ASCII);
  }
}
