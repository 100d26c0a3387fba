package org.mailkeep.engine.restore;

import java.util.Arrays;
import java.util.OptionalLong;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.unix.Input;

/** Takes what a file should hold and compares it with what it does hold. For one thread. */
public final class ContentComparison implements ContentReader.Target {

  private static final int BUFFER = 128 << 10;
  private static final int NONE = -1;

  private final Input input;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] zeros = new byte[BUFFER];
  private long position;
  private long difference = NONE;

  /**
   * @param input at its start; stays the caller's
   */
  public ContentComparison(Input input) {
    this.input = input;
  }

  @Override
  public void bytes(byte[] source, int offset, int length) {
    for (int done = 0; done < length && difference == NONE; ) {
      int part = Math.min(length - done, BUFFER);
      int present = fill(part);
      int at =
          Arrays.mismatch(
              source, offset + done, offset + done + part, buffer, 0, Math.max(present, 0));
      if (at >= 0) {
        difference = position + at;
      }
      position += part;
      done += part;
    }
  }

  @Override
  public void hole(long length) {
    for (long left = length; left > 0 && difference == NONE; left -= BUFFER) {
      bytes(zeros, 0, (int) Math.min(left, BUFFER));
    }
  }

  /** Reads as much of the file as there is, at most {@code length}. */
  private int fill(int length) {
    int filled = 0;
    while (filled < length) {
      int count = input.read(buffer, filled, length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }

  /** All was taken: the first byte that differs, counted from 0, if any does. */
  public OptionalLong finish() {
    if (difference == NONE && fill(1) > 0) {
      difference = position;
    }
    return difference == NONE ? OptionalLong.empty() : OptionalLong.of(difference);
  }
}
