package org.mailkeep.engine.recover;

import java.time.Instant;
import java.util.Optional;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.UnreadableException;

/**
 * A message that a live mailbox does not have, told to people.
 *
 * @param stored the message
 * @param to the folder that it goes to
 */
public record MissingMessage(StoredMessage stored, FolderName to) {

  /**
   * What its header says, each text empty where it says nothing or is damaged.
   *
   * @param time its date, or when it was delivered
   */
  public record Summary(
      Instant time, String from, String recipients, String subject, String messageId) {}

  /** The folder that it was in, as people write it. */
  public String folder() {
    return stored.folder().toString();
  }

  /** The folder that it goes to, as people write it. */
  public String target() {
    return to.toString();
  }

  /** Its base name. */
  public FileName name() {
    return stored.name().baseName();
  }

  /** Its flags, such as "FS". */
  public String flags() {
    return stored.name().flags();
  }

  /** Whether no mail program has seen it. */
  public boolean isNew() {
    return stored.isNew();
  }

  /** Its length in bytes. */
  public long size() {
    return stored.size();
  }

  /** When it was delivered. */
  public Instant delivered() {
    return stored.delivered();
  }

  /** Reads its header. */
  public Summary summary(HeaderReading headers) {
    try {
      HeaderFacts facts = headers.read(stored.recipe());
      Optional<Instant> date = facts.date();
      return new Summary(
          date.orElseGet(this::delivered),
          facts.from(),
          facts.to(),
          facts.subject(),
          facts.messageId());
    } catch (UnreadableException e) {
      return new Summary(delivered(), "", "", "", "");
    }
  }
}
