package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;

/**
 * Which messages of the history are wanted. What is empty is not asked for.
 *
 * @param message by what they say of themselves
 * @param mailboxes of which they must be in one; where this is empty, none is
 * @param folder a folder in which they are or have been
 * @param deleted whether only those are wanted that the last snapshot does not have
 * @param deletedSince the earliest time of the snapshot that missed them first
 */
public record HistoryQuery(
    MessageQuery message,
    Optional<List<KnownMailbox>> mailboxes,
    Optional<FolderName> folder,
    boolean deleted,
    Optional<Instant> deletedSince) {

  /** Copies the list. */
  public HistoryQuery {
    mailboxes = mailboxes.map(List::copyOf);
  }

  /** Whether only those are wanted that are gone. */
  boolean wantsGone() {
    return deleted || deletedSince.isPresent();
  }
}
