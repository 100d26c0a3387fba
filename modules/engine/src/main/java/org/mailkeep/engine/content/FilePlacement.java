package org.mailkeep.engine.restore;

import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.unix.Output;

/** Puts the bytes of a file in their places. */
final class Placement implements ContentReader.Target {
  private final Output output;
  private byte[] buffer = new byte[128 << 10];
  private int filled;
  private long position;
  private boolean endsInHole;

  Placement(Output output) {
    this.output = output;
  }

  @Override
  public void bytes(byte[] source, int offset, int length) {
    if (length > buffer.length - filled) {
      flush();
    }
    if (length >= buffer.length) {
      output.write(position, source, offset, length);
      position += length;
    } else {
      System.arraycopy(source, offset, buffer, filled, length);
      filled += length;
    }
    endsInHole = false;
  }

  @Override
  public void hole(long length) {
    flush();
    position += length;
    endsInHole = true;
  }

  private void flush() {
    if (filled > 0) {
      output.write(position, buffer, 0, filled);
      position += filled;
      filled = 0;
    }
  }

  void finish() {
    flush();
    if (endsInHole) {
      output.truncate(position);
    }
  }

  long length() {
    return position + filled;
  }
}
