package org.mailkeep.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.mailkeep.model.error.RefusedException;

/** The plain bytes of an archive. Knows its name and how far it has been read; for one thread. */
final class ArchiveInput implements AutoCloseable {

  private static final int SKIP = 64 << 10;

  private final InputStream in;
  private final String name;
  private long position;
  private byte[] scratch = new byte[0];

  /**
   * @param name what the archive is called in messages
   */
  ArchiveInput(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /** Some bytes, or -1 at the end. */
  int read(byte[] target, int offset, int length) {
    try {
      int count = in.read(target, offset, length);
      position += Math.max(0, count);
      return count;
    } catch (IOException | RuntimeException e) {
      throw damaged("its compressed data cannot be read: " + e.getMessage());
    }
  }

  /** As many bytes as there are, up to {@code length}. */
  int readUpTo(byte[] target, int length) {
    int total = 0;
    while (total < length) {
      int count = read(target, total, length - total);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  /** Exactly so many bytes. */
  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    if (readUpTo(bytes, length) < length) {
      throw cutOff();
    }
    return bytes;
  }

  /** Passes so many bytes. */
  void skip(long length) {
    scratch = scratch.length == 0 ? new byte[SKIP] : scratch;
    for (long left = length; left > 0; ) {
      int count = read(scratch, 0, (int) Math.min(left, SKIP));
      if (count < 0) {
        throw cutOff();
      }
      left -= count;
    }
  }

  /**
   * Reads to the end, so that the checks of a decompressor are made; gives whether all was zero.
   */
  boolean drain() {
    byte[] buffer = new byte[SKIP];
    byte[] zeros = new byte[SKIP];
    boolean zero = true;
    for (int count = read(buffer, 0, SKIP); count >= 0; count = read(buffer, 0, SKIP)) {
      zero &= Arrays.equals(buffer, 0, count, zeros, 0, count);
    }
    return zero;
  }

  String name() {
    return name;
  }

  RefusedException cutOff() {
    return damaged("it is cut off");
  }

  /** The archive is not what it should be. */
  RefusedException damaged(String how) {
    return new RefusedException(
        name + " cannot be imported: " + how + " (after " + position + " bytes, unpacked)",
        "No snapshot was made. Compare the archive with its original, or unpack it by hand.");
  }

  /** The archive is sound, and asks for what it must not have. */
  RefusedException hostile(String what) {
    return new RefusedException(
        name + " is refused: " + what,
        "No snapshot was made. Look at it with 'tar -tvf' or 'cpio -itv' before you trust it.");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // All that was wanted of it has been read.
    }
  }
}
