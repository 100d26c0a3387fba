package org.mailkeep.engine.archive;

import java.util.Arrays;
import org.mailkeep.engine.content.Holes;

/**
 * Where a sparse member has data. The archive has the data only, one stretch after the other, so a
 * hole is passed without moving the source.
 */
final class SparseMap implements Holes {

  /** Stretches that a map may have: more are kept by no file that anybody backs up. */
  static final int MOST = 1 << 16;

  private final long size;
  private long[] starts = new long[8];
  private long[] ends = new long[8];
  private int count;

  /**
   * @param size the length of the file, holes included, in bytes
   */
  SparseMap(long size) {
    this.size = size;
  }

  /** The next stretch of data; false where it does not come after the others or ends too late. */
  boolean add(long offset, long length) {
    long before = count == 0 ? 0 : ends[count - 1];
    if (offset < before || length < 0 || length > size - offset || count == MOST) {
      return false;
    }
    if (length == 0) {
      return true;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = offset;
    ends[count++] = offset + length;
    return true;
  }

  /** The length of the file in bytes. */
  long size() {
    return size;
  }

  /** The bytes of all data. */
  long dataSize() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ends[i] - starts[i];
    }
    return sum;
  }

  /** The first stretch that ends behind a position. */
  private int at(long position) {
    int place = Arrays.binarySearch(ends, 0, count, position);
    return place >= 0 ? place + 1 : -place - 1;
  }

  @Override
  public long lengthAt(long position) {
    int place = at(position);
    long next = place < count ? starts[place] : size;
    return Math.max(0, next - position);
  }

  @Override
  public long dataLengthAt(long position) {
    int place = at(position);
    return place < count ? ends[place] - position : Long.MAX_VALUE;
  }

  @Override
  public long skip(long position, long length) {
    return position + length;
  }
}
