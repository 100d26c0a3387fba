package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.FileName;

/**
 * A message that a search found.
 *
 * @param mailbox the mailbox
 * @param base the base name of its file
 * @param size of its file, in bytes
 * @param delivered the file's modification time
 * @param facts what it says of itself
 * @param place where the last snapshot that has it shows it
 * @param first the snapshot that showed it first, which may have been forgotten since
 * @param last the newest snapshot in the repository that has it
 * @param gone the snapshot that missed it first; empty where it was there in the end
 * @param states all that became of it
 */
public record FoundMessage(
    KnownMailbox mailbox,
    FileName base,
    long size,
    Instant delivered,
    HeaderFacts facts,
    MessagePlace place,
    KnownSnapshot first,
    KnownSnapshot last,
    Optional<KnownSnapshot> gone,
    List<LifeState> states) {

  /** Copies the list. */
  public FoundMessage {
    states = List.copyOf(states);
  }

  /** Its own date, or that of its delivery. */
  public Instant date() {
    return facts.date().orElse(delivered);
  }
}
