package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.mail.header.HeaderFacts;

/**
 * Which messages are wanted, by what they say of themselves. What is empty is not asked for.
 *
 * @param from words or addresses of the sender
 * @param to words or addresses of the recipients
 * @param subject words of the subject
 * @param attachment words of the name of one attachment
 * @param messageId the Message-ID without angle brackets
 * @param since the earliest date
 * @param before a date that is too late
 * @param larger the least size in bytes
 * @param smaller the largest size in bytes
 * @param any words or an address of the sender, the recipients, the subject or the name of one
 *     attachment, all in one of these
 */
public record MessageQuery(
    Optional<TextPattern> from,
    Optional<TextPattern> to,
    Optional<TextPattern> subject,
    Optional<TextPattern> attachment,
    Optional<String> messageId,
    Optional<Instant> since,
    Optional<Instant> before,
    Optional<Long> larger,
    Optional<Long> smaller,
    Optional<TextPattern> any) {

  /** Asks for nothing, so that all fit. */
  public static final MessageQuery ALL =
      new MessageQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Asks for one Message-ID, given with or without angle brackets. */
  public static MessageQuery message(String id) {
    return new MessageQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(bare(id)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A Message-ID without its angle brackets. */
  public static String bare(String id) {
    String text = id.strip();
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }

  /**
   * Whether a message is wanted.
   *
   * @param size of its file, in bytes
   * @param delivered the file's modification time, which stands in for a date that is missing
   */
  public boolean fits(HeaderFacts facts, long size, Instant delivered) {
    Instant date = facts.date().orElse(delivered);
    return messageId.filter(id -> !id.equals(facts.messageId())).isEmpty()
        && since.filter(date::isBefore).isEmpty()
        && before.filter(end -> !date.isBefore(end)).isEmpty()
        && larger.filter(least -> size < least).isEmpty()
        && smaller.filter(most -> size > most).isEmpty()
        && subject.filter(pattern -> !pattern.fits(FoldedWords.of(facts.subject()))).isEmpty()
        && from.filter(pattern -> !pattern.fits(Addresses.words(facts.from()))).isEmpty()
        && to.filter(pattern -> !pattern.fits(Addresses.words(facts.to()))).isEmpty()
        && attachment.filter(pattern -> !fitsAny(pattern, facts.attachments())).isEmpty()
        && any.filter(pattern -> !fitsAnyField(pattern, facts)).isEmpty();
  }

  private static boolean fitsAnyField(TextPattern pattern, HeaderFacts facts) {
    return pattern.fits(Addresses.words(facts.from()))
        || pattern.fits(Addresses.words(facts.to()))
        || pattern.fits(FoldedWords.of(facts.subject()))
        || fitsAny(pattern, facts.attachments());
  }

  private static boolean fitsAny(TextPattern pattern, List<String> names) {
    return names.stream().map(FoldedWords::of).anyMatch((Set<String> words) -> pattern.fits(words));
  }
}
