package org.mailkeep.web.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows down whoever guesses the token: a few wrong ones at once, then one every few seconds, from
 * wherever they come. Safe for use by many threads.
 */
public final class Attempts {

  private static final int MOST = 10;
  private static final Duration EACH = Duration.ofSeconds(6);

  private final InstantSource clock;
  private Instant free;

  /** None yet. */
  public Attempts(InstantSource clock) {
    this.clock = clock;
    this.free = clock.instant();
  }

  /** How long to wait before the next attempt; zero where it may be made. */
  public synchronized Duration pause() {
    Instant allowed = free.minus(EACH.multipliedBy(MOST - 1));
    Duration wait = Duration.between(clock.instant(), allowed);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** One was wrong. */
  public synchronized void wrong() {
    Instant now = clock.instant();
    free = (free.isBefore(now) ? now : free).plus(EACH);
  }
}
