package org.mailkeep.repository.pack;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Lends arrays to open blocks, so that a backup does not make a new one for each block. */
final class BlockBuffers {

  /** What a new array holds, in bytes; blocks that grow bring larger ones back. */
  private static final int FIRST_SIZE = 1 << 14;

  /** Larger ones are left to the collector: a block of one huge chunk is rare. */
  private static final int LARGEST_KEPT = 5 << 18;

  private static final int MOST_KEPT = 12;

  private final ConcurrentLinkedQueue<byte[]> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();

  /** An array of any length, with anything in it. */
  byte[] take() {
    byte[] known = idle.poll();
    if (known == null) {
      return new byte[FIRST_SIZE];
    }
    kept.decrementAndGet();
    return known;
  }

  /** The array is no longer used by who took it. */
  void giveBack(byte[] buffer) {
    if (buffer.length <= LARGEST_KEPT && kept.incrementAndGet() <= MOST_KEPT) {
      idle.add(buffer);
    } else if (buffer.length <= LARGEST_KEPT) {
      kept.decrementAndGet();
    }
  }
}
