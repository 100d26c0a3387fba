package org.mailkeep.mail.header;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a message says of itself, decoded: single lines without control characters, empty where it
 * says nothing. Whoever wrote the message chose every word of it.
 *
 * @param date the Date field; empty where there is none that is a date
 * @param from the From field, such as {@code Anna Müller <anna@example.com>}
 * @param to the To and Cc fields
 * @param subject the Subject field
 * @param messageId the Message-ID without its angle brackets
 * @param attachments the names of attached files, each once
 */
public record HeaderFacts(
    Optional<Instant> date,
    String from,
    String to,
    String subject,
    String messageId,
    List<String> attachments) {

  /** The most characters that any of the texts has. */
  public static final int MAX_TEXT = 2000;

  /** The most names of attachments. */
  public static final int MAX_ATTACHMENTS = 32;

  /** Copies the list. */
  public HeaderFacts {
    attachments = List.copyOf(attachments);
  }
}
