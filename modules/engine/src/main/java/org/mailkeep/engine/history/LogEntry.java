package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.FileName;

/**
 * What happened to one message up to one snapshot, since the snapshot before.
 *
 * @param snapshot the snapshot that shows it
 * @param happenings what happened
 * @param before where the message was; empty where it was not there
 * @param after where it is; empty where it is gone
 * @param base the base name of its file
 * @param size of its file, in bytes
 * @param date its own date, or that of its delivery
 * @param facts what it says of itself
 */
public record LogEntry(
    KnownSnapshot snapshot,
    List<Happening> happenings,
    Optional<MessagePlace> before,
    Optional<MessagePlace> after,
    FileName base,
    long size,
    Instant date,
    HeaderFacts facts) {

  /** Copies the list. */
  public LogEntry {
    happenings = List.copyOf(happenings);
  }
}
