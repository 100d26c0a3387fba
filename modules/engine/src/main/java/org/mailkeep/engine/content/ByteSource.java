package org.mailkeep.engine.content;

/** Gives bytes one after the other. */
@FunctionalInterface
public interface ByteSource {

  /**
   * Reads some bytes.
   *
   * @return how many, or -1 at the end
   */
  int read(byte[] target, int offset, int length);

  /** Reads until {@code length} bytes are there or the end is. */
  default int readFully(byte[] target, int offset, int length) {
    int total = 0;
    while (total < length) {
      int count = read(target, offset + total, length - total);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }
}
