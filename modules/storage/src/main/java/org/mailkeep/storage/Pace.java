package org.mailkeep.storage;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets bytes pass at a rate and no faster: a token bucket that begins full. What one caller waits
 * too long, because the system woke it late, the next waits less, so that over time the rate is met
 * exactly; what was not used for longer than the bucket holds is lost. Safe for use by many
 * threads, which share the rate.
 */
final class Pace {

  /** How much of a second's bytes may pass at once after a rest: what a late waking costs. */
  private static final long BUCKET_NANOS = 100_000_000;

  private static final long SECOND = 1_000_000_000;

  /** The time as a pace needs it. */
  interface Clock {

    /** The machine's: parks the calling thread. */
    Clock SYSTEM =
        new Clock() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
          }
        };

    /** Nanoseconds since some moment, never less than before. */
    long nanos();

    /** Returns after so many nanoseconds, or earlier. */
    void pause(long nanos);
  }

  private final long bytesPerSecond;
  private final Clock clock;

  /** When what has passed so far is paid for. */
  private long paidAt;

  /** What {@link #paidAt} is behind the exact moment, in parts of {@link #bytesPerSecond}. */
  private long rest;

  Pace(long bytesPerSecond, Clock clock) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.paidAt = clock.nanos() - BUCKET_NANOS;
  }

  /**
   * Returns when so many bytes may pass.
   *
   * @param bytes up to 2^32
   * @return false when the calling thread was interrupted: then they may not
   */
  boolean await(long bytes) {
    long due = reserve(bytes);
    for (long wait = due - clock.nanos(); wait > 0; wait = due - clock.nanos()) {
      clock.pause(wait);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return true;
  }

  /** When the bytes may pass: they are paid for before, so that no piece is ahead of its time. */
  private synchronized long reserve(long bytes) {
    long earliest = clock.nanos() - BUCKET_NANOS;
    if (paidAt - earliest < 0) {
      paidAt = earliest;
      rest = 0;
    }
    long cost = bytes * SECOND + rest;
    paidAt += cost / bytesPerSecond;
    rest = cost % bytesPerSecond;
    return paidAt;
  }
}
