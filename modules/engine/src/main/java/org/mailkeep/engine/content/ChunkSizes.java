package org.mailkeep.engine.content;

/**
 * How long the chunker's chunks are.
 *
 * @param min bytes that a chunk has at least, but for the last
 * @param average the length aimed at, a power of two
 * @param max bytes that a chunk has at most
 */
public record ChunkSizes(int min, int average, int max) {

  /**
   * For files that grow or change in places, such as UID databases: what is written again after a
   * small change is some 40 KB.
   */
  public static final ChunkSizes FINE = new ChunkSizes(8 << 10, 32 << 10, 128 << 10);

  /** For attachments and large files, which are equal or not: few ids, little index. */
  public static final ChunkSizes COARSE = new ChunkSizes(64 << 10, 256 << 10, 1 << 20);

  /** Plain files from this size on, in bytes, are cut coarsely. */
  public static final long COARSE_FROM = 64L << 20;

  /** Checks the order. */
  public ChunkSizes {
    if (min < 64 || min > average || average > max || Integer.bitCount(average) != 1) {
      throw new IllegalArgumentException(min + " <= " + average + " <= " + max);
    }
  }
}
