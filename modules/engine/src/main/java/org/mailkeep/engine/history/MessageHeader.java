package org.mailkeep.engine.history;

import java.util.List;
import org.mailkeep.mail.header.HeaderFacts;

/**
 * What a message says of itself, decoded: single lines without control characters, empty where it
 * says nothing.
 *
 * @param from who wrote it
 * @param to whom, copies included
 * @param subject about what
 * @param messageId its Message-ID without angle brackets
 * @param attachments the names of attached files
 */
public record MessageHeader(
    String from, String to, String subject, String messageId, List<String> attachments) {

  /** Copies the list. */
  public MessageHeader {
    attachments = List.copyOf(attachments);
  }

  static MessageHeader of(HeaderFacts facts) {
    return new MessageHeader(
        facts.from(), facts.to(), facts.subject(), facts.messageId(), facts.attachments());
  }
}
