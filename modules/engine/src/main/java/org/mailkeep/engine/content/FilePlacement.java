package org.mailkeep.engine.content;

import org.mailkeep.unix.Output;

/** Puts the bytes of a file in their places. For one thread. */
public final class FilePlacement implements ContentReader.Target {
  private final Output output;
  private byte[] buffer = new byte[128 << 10];
  private int filled;
  private long position;
  private boolean endsInHole;

  /** Writes to this file, which is empty and stays the caller's. */
  public FilePlacement(Output output) {
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

  /** All was taken: writes what is still held. */
  public void finish() {
    flush();
    if (endsInHole) {
      output.truncate(position);
    }
  }

  /** The bytes taken so far, holes among them. */
  public long length() {
    return position + filled;
  }
}
