package org.mailkeep.mail.preview;

import java.util.List;

/**
 * A message to be looked at.
 *
 * @param texts its text parts, in their order
 * @param attachments everything else
 * @param cut whether some of it is left out, because there is too much of it or it is malformed
 */
public record MessagePreview(List<Text> texts, List<Attachment> attachments, boolean cut) {

  /** Copies the lists. */
  public MessagePreview {
    texts = List.copyOf(texts);
    attachments = List.copyOf(attachments);
  }

  /**
   * A text part.
   *
   * @param html whether it was HTML, of which this is the text
   * @param text the text: lines that end with LF, no other control characters
   */
  public record Text(boolean html, String text) {}

  /**
   * A part that is no text.
   *
   * @param name the file's name, a single line; empty where it has none
   * @param type such as "image/png", as the message says it
   * @param size in bytes, decoded
   */
  public record Attachment(String name, String type, long size) {}

  /** Whether one of the texts was written as plain text. */
  public boolean hasPlainText() {
    return texts.stream().anyMatch(text -> !text.html() && !text.text().isBlank());
  }
}
