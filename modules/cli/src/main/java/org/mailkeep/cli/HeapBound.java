package org.mailkeep.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the heap at the size that is enough for nearly all stores, until what lives needs more: a
 * folder of many hundred thousand messages is in memory as a whole while it is read. Left alone,
 * Java's serial collector lets the heap grow to its maximum before it looks for what died in the
 * old generation; here that is looked for as soon as the heap grows.
 */
final class HeapBound implements Runnable {

  /** The launcher says how large, in bytes. */
  private static final String PROPERTY = "mailkeep.heap";

  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

  private final long enough;

  private HeapBound(long enough) {
    this.enough = enough;
  }

  /** Begins to watch, where the launcher says how much is enough. */
  static void watch() {
    Long enough = Long.getLong(PROPERTY);
    if (enough != null) {
      Thread.ofPlatform().daemon().name("heap").start(new HeapBound(enough));
    }
  }

  @Override
  public void run() {
    Runtime java = Runtime.getRuntime();
    long bound = enough;
    while (true) {
      LockSupport.parkNanos(LOOK_EVERY);
      if (java.totalMemory() > bound) {
        System.gc();
        long left = java.totalMemory();
        // Where so much lives, it may grow by a quarter before it is worth looking again.
        bound = left > enough ? left / 4 * 5 : enough;
      }
    }
  }
}
