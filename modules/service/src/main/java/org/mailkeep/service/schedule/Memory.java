package org.mailkeep.service.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a step's past.
 *
 * @param begun when it was last begun
 * @param done when the last one that was done was begun
 * @param failures how many have failed since
 */
public record Memory(Optional<Instant> begun, Optional<Instant> done, int failures) {

  /** Of a step that was never begun. */
  public static final Memory NONE = new Memory(Optional.empty(), Optional.empty(), 0);
}
