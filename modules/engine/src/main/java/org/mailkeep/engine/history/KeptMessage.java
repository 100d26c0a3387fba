package org.mailkeep.engine.history;

import java.time.Instant;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.FileName;

/**
 * What does not change about a message in a mailbox.
 *
 * @param mailbox the mailbox's number
 * @param base the base name of its file
 * @param size of its file, in bytes
 * @param delivered the file's modification time: when it came, to the second
 * @param facts what it says of itself
 */
record KeptMessage(int mailbox, FileName base, long size, Instant delivered, HeaderFacts facts) {

  /** Its own date, or that of its delivery. */
  Instant date() {
    return facts.date().orElse(delivered);
  }
}
