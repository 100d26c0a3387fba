package org.mailkeep.mail.message;

import java.util.Arrays;
import java.util.Base64;
import org.mailkeep.model.content.Base64Layout;

/**
 * Turns decoded bytes back into the lines of base64 that they were: feed the bytes of a BINARY run
 * in pieces of any size, then {@link #finish}. It may also begin in the middle of the run, at the
 * decoded offset of a line. One thread at a time; after {@code finish} it is ready for the next
 * text of the same layout.
 *
 * <p>It encodes some 24 KiB of whole lines at a time, which is where the JDK's encoder has its full
 * speed.
 */
public final class Base64Rebuilder {

  private static final int BLOCK = 24 * 1024;

  private final Base64Layout layout;
  private final ByteSink sink;
  private final byte[] block;
  private final byte[] characters;
  private final byte[] text;
  private int filled;

  /** Rebuilds text of this layout into {@code sink}. */
  public Base64Rebuilder(Base64Layout layout, ByteSink sink) {
    this.layout = layout;
    this.sink = sink;
    int lines = Math.max(1, BLOCK / layout.bytesPerLine());
    block = new byte[lines * layout.bytesPerLine()];
    characters = new byte[lines * layout.lineLength()];
    text = new byte[lines * layout.textPerLine()];
  }

  /** The next decoded bytes. */
  public void feed(byte[] buffer, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (position < end) {
      // A full block waits for one more byte: only then is it known not to be the last.
      if (filled == block.length) {
        Base64.getEncoder().encode(block, characters);
        write(characters, characters.length, true);
        filled = 0;
      }
      int count = Math.min(end - position, block.length - filled);
      System.arraycopy(buffer, position, block, filled, count);
      filled += count;
      position += count;
    }
  }

  /** The decoded bytes end here. */
  public void finish() {
    if (filled > 0) {
      byte[] last = Base64.getEncoder().encode(Arrays.copyOf(block, filled));
      write(last, last.length, layout.finalLineEnd());
      filled = 0;
    }
  }

  private void write(byte[] source, int length, boolean lastLineEnd) {
    int lineLength = layout.lineLength();
    int out = 0;
    for (int start = 0; start < length; start += lineLength) {
      int count = Math.min(lineLength, length - start);
      System.arraycopy(source, start, text, out, count);
      out += count;
      if (start + count < length || lastLineEnd) {
        out = layout.lineEnd().copyTo(text, out);
      }
    }
    sink.bytes(text, 0, out);
  }
}
