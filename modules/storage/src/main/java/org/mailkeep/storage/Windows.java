package org.mailkeep.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Passes a buffer through a channel in windows. The JDK copies heap buffers by way of a direct one
 * of the same size, which it keeps for each thread: large buffers at once would hold twice their
 * memory for ever.
 */
final class Windows {

  private static final int SIZE = 256 << 10;

  private Windows() {}

  /** A read or a write, of which one call may do only a part. */
  @FunctionalInterface
  interface Transfer {
    /** Moves the buffer's position; negative at the end of the file. */
    int some(ByteBuffer window) throws IOException;
  }

  /** Transfers until the buffer has nothing remaining; false when the file ended before. */
  static boolean through(ByteBuffer buffer, Transfer transfer) throws IOException {
    int limit = buffer.limit();
    try {
      while (buffer.position() < limit) {
        buffer.limit(Math.min(limit, buffer.position() + SIZE));
        if (transfer.some(buffer) < 0) {
          return false;
        }
      }
      return true;
    } finally {
      buffer.limit(limit);
    }
  }
}
