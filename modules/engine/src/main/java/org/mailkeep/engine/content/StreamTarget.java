package org.mailkeep.engine.content;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Takes content into a stream; what goes wrong there comes as an {@link UncheckedIOException}. */
public final class StreamTarget implements ContentReader.Target {

  private static final byte[] ZEROS = new byte[16 << 10];

  private final OutputStream out;

  private StreamTarget(OutputStream out) {
    this.out = out;
  }

  /** Into this stream, which stays the caller's. */
  public static StreamTarget to(OutputStream out) {
    return new StreamTarget(out);
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    try {
      out.write(buffer, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void hole(long length) {
    for (long left = length; left > 0; left -= ZEROS.length) {
      bytes(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }
}
