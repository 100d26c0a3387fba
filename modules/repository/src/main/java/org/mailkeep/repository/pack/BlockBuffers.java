package org.mailkeep.repository.pack;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lends arrays to open blocks, so that a backup does not make a new one for each block. Safe for
 * use by many threads.
 */
final class BlockBuffers {

  /** What a new array holds, in bytes; blocks that grow bring larger ones back. */
  private static final int FIRST_SIZE = 1 << 14;

  /** Larger ones are left to the collector: a block of one huge chunk is rare. */
  private static final int LARGEST_KEPT = 5 << 18;

  private static final int MOST_KEPT = 12;

  private final Queue<byte[]> idle = new ArrayBlockingQueue<>(MOST_KEPT);

  /** An array of any length, with anything in it. */
  byte[] take() {
    byte[] known = idle.poll();
    return known != null ? known : new byte[FIRST_SIZE];
  }

  /** The array is no longer used by who took it. */
  void giveBack(byte[] buffer) {
    if (buffer.length <= LARGEST_KEPT) {
      var _ = idle.offer(buffer);
    }
  }
}
