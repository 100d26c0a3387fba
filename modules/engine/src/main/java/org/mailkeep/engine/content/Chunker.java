package org.mailkeep.engine.content;

/**
 * Finds content-defined ends of chunks: FastCDC (Xia et al., USENIX ATC 2016) with normalised
 * chunking. The gear table comes from a secret of the repository, so that the lengths of chunks do
 * not tell known content. Stateless between chunks; safe for use by many threads.
 */
public final class Chunker {

  /** How much harder a cut is before the average length, and how much easier after it, in bits. */
  private static final int NORMALISATION = 2;

  private final long[] gear;
  private final ChunkSizes sizes;
  private final long hardMask;
  private final long easyMask;

  /**
   * @param gear 256 random numbers
   */
  public Chunker(long[] gear, ChunkSizes sizes) {
    this.gear = gear.clone();
    this.sizes = sizes;
    int bits = Integer.numberOfTrailingZeros(sizes.average());
    // The gear hash moves left: its high bits depend on the last 64 bytes, its low bits on few.
    this.hardMask = -1L << (64 - (bits + NORMALISATION));
    this.easyMask = -1L << (64 - (bits - NORMALISATION));
  }

  /** The bounds of the chunks. */
  public ChunkSizes sizes() {
    return sizes;
  }

  /**
   * The length of the first chunk of {@code bytes[from..to)}: at most all of it, and all of it
   * where it is shorter than the largest chunk and no cut is found. Unless the content ends at
   * {@code to}, the caller gives at least {@link ChunkSizes#max} bytes.
   */
  public int cut(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, sizes.max());
    if (length <= sizes.min()) {
      return length;
    }
    int normal = Math.min(sizes.average(), length);
    long hash = 0;
    int i = from + sizes.min();
    for (; i < from + normal; i++) {
      hash = (hash << 1) + gear[bytes[i] & 0xff];
      if ((hash & hardMask) == 0) {
        return i + 1 - from;
      }
    }
    for (; i < from + length; i++) {
      hash = (hash << 1) + gear[bytes[i] & 0xff];
      if ((hash & easyMask) == 0) {
        return i + 1 - from;
      }
    }
    return length;
  }
}
