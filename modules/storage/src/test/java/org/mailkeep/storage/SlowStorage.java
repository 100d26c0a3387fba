package org.mailkeep.storage;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Lets every operation wait, as a distant server does. */
public final class SlowStorage extends WatchedStorage {

  private final Duration latency;

  /**
   * @param latency how long each operation takes at least
   */
  public SlowStorage(Storage inner, Duration latency) {
    super(inner);
    this.latency = latency;
  }

  @Override
  <T> T perform(Supplier<T> operation) {
    // A park may end early, for no reason or by a permit that was left over.
    long end = System.nanoTime() + latency.toNanos();
    for (long left = latency.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return operation.get();
  }
}
