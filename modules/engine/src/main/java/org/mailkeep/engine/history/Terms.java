package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.mailbox.FolderName;

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
  private static final char MESSAGE_ID = 'm';
  private static final char DAY = 'd';
  private static final char SIZE = 'z';
  private static final char MAILBOX = 'b';
  private static final char FOLDER = 'o';
  private static final char GONE = 'g';

  private static final long SECONDS_A_DAY = 86_400;

  private Terms() {}

  /** All terms of a message that do not change. */
  static Set<String> of(KeptMessage message) {
    Set<String> terms = new LinkedHashSet<>();
    HeaderFacts facts = message.facts();
    add(terms, SUBJECT, FoldedWords.of(facts.subject()));
    add(terms, FROM, Addresses.words(facts.from()));
    add(terms, TO, Addresses.words(facts.to()));
    facts.attachments().forEach(name -> add(terms, ATTACHMENT, FoldedWords.of(name)));
    if (!facts.messageId().isEmpty()) {
      terms.add(messageId(facts.messageId()));
    }
    terms.add(day(message.date()));
    terms.add(size(message.size()));
    terms.add(mailbox(message.mailbox()));
    return terms;
  }

  private static void add(Set<String> terms, char about, Set<String> words) {
    words.forEach(word -> terms.add(about + word));
  }

  /** Ids are long and no two are alike, so a hash stands for them. */
  static String messageId(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return MESSAGE_ID + hex(hash ^ hash >>> 29, 16);
  }

  static String day(Instant moment) {
    return DAY + hex(Math.max(0, moment.getEpochSecond() / SECONDS_A_DAY), 6);
  }

  static String firstDay() {
    return DAY + hex(0, 6);
  }

  static String lastDay() {
    return DAY + "ffffff";
  }

  static String size(long bytes) {
    return SIZE + hex(64 - Long.numberOfLeadingZeros(Math.max(0, bytes)), 2);
  }

  static String mailbox(int number) {
    return MAILBOX + hex(number, 8);
  }

  /** The folder that people call so. */
  static String folder(FolderName name) {
    return FOLDER + FoldedWords.fold(name.toString());
  }

  static String gone(int snapshot) {
    return GONE + hex(snapshot, 8);
  }

  /** Every term of messages that are gone. */
  static String anyGone() {
    return String.valueOf(GONE);
  }

  private static String hex(long number, int digits) {
    String hex = Long.toHexString(number).toLowerCase(Locale.ROOT);
    return "0".repeat(Math.max(0, digits - hex.length())) + hex;
  }
}
