package org.mailkeep.storage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.mailkeep.model.error.StorageException;

/**
 * Tries again what failed for reasons that may pass, waiting longer each time, within a bounded
 * time. Safe for use by many threads.
 *
 * <p>The waits grow by two from {@link #FIRST} to {@link #LONGEST}; each is drawn at random between
 * nothing and that ("full jitter"), so that many hosts which lost one server do not come back to it
 * all at once. Until something has succeeded for the first time there are few attempts: a mistake
 * in a name or an address is told soon, while a backup that runs outlives the restart of a server.
 */
public final class Retry {

  /** The bound of the first wait. */
  static final Duration FIRST = Duration.ofMillis(500);

  /** The bound of all later waits. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int ATTEMPTS_AT_FIRST = 3;

  private final Duration patience;
  private final Pace.Clock clock;
  private final AtomicBoolean reached = new AtomicBoolean();

  /** For servers: five minutes for each operation. */
  public Retry() {
    this(PATIENCE, Pace.Clock.SYSTEM);
  }

  Retry(Duration patience, Pace.Clock clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /** As {@link #get}. */
  public void run(Runnable operation) {
    Object _ =
        get(
            () -> {
              operation.run();
              return this;
            });
  }

  /**
   * Does something until it succeeds, or fails for a reason that lasts, or patience ends.
   *
   * @throws StorageException the last one, with the number of attempts
   */
  public <T> T get(Supplier<T> operation) {
    long start = clock.nanos();
    for (int attempt = 1; ; attempt++) {
      try {
        T result = operation.get();
        reached.set(true);
        return result;
      } catch (StorageException e) {
        long wait = wait(attempt);
        boolean late = clock.nanos() - start + wait > patience.toNanos();
        boolean enough = !reached.get() && attempt >= ATTEMPTS_AT_FIRST;
        if (e.isLasting() || late || enough || Thread.currentThread().isInterrupted()) {
          throw attempt == 1 ? e : counted(e, attempt);
        }
        pause(wait, e);
      }
    }
  }

  private static long wait(int attempt) {
    long bound = FIRST.toNanos() << Math.min(attempt - 1, 16);
    return ThreadLocalRandom.current().nextLong(Math.min(bound, LONGEST.toNanos()) + 1);
  }

  private void pause(long nanos, StorageException reason) {
    long end = clock.nanos() + nanos;
    for (long left = nanos; left > 0; left = end - clock.nanos()) {
      clock.pause(left);
      if (Thread.currentThread().isInterrupted()) {
        throw reason;
      }
    }
  }

  private static StorageException counted(StorageException e, int attempts) {
    String message = e.getMessage() + " (tried " + attempts + " times)";
    return e.isLasting()
        ? StorageException.lasting(message, e.advice())
        : new StorageException(message, e.advice(), e);
  }
}
