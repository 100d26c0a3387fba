package org.mailkeep.engine.copy;

import org.mailkeep.engine.Cancellation;

/**
 * How to copy.
 *
 * @param verify whether to read back and authenticate everything that is stored
 * @param threads how many packs are copied at a time, at least 1
 * @param cancellation stops it between two steps
 */
public record CopySettings(boolean verify, int threads, Cancellation cancellation) {

  private static final int USUAL_THREADS = 4;

  /** What a pack takes in memory while it is copied: its bytes, and a block that is opened. */
  private static final long BYTES_EACH = 40L << 20;

  /**
   * As many threads as help against waiting for a network, and as memory allows.
   *
   * @param most what the user allows
   */
  public static int threads(int most) {
    long room = Runtime.getRuntime().maxMemory() / 2 / BYTES_EACH;
    return Math.clamp(room, 1, Math.min(most, USUAL_THREADS));
  }
}
