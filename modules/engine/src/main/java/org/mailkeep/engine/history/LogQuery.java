package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;

/**
 * Which part of a mailbox's story is wanted. What is empty is not asked for.
 *
 * @param messageId of one message, without angle brackets
 * @param folder that the message was in, before or after
 * @param since the time of the earliest snapshot
 */
public record LogQuery(
    Optional<String> messageId, Optional<FolderName> folder, Optional<Instant> since) {

  boolean wants(LogEntry entry) {
    return messageId.filter(id -> !id.equals(entry.facts().messageId())).isEmpty()
        && folder
            .filter(name -> !isIn(name, entry.before()) && !isIn(name, entry.after()))
            .isEmpty();
  }

  private static boolean isIn(FolderName folder, Optional<MessagePlace> place) {
    return place.filter(at -> at.isIn(folder)).isPresent();
  }
}
