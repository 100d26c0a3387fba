package org.mailkeep.mail.message;

import java.util.Arrays;
import java.util.Base64;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.LineEnd;

/**
 * Decodes the lines of base64 parts. Lines of one length and line end, and one last line that may
 * be shorter and padded, are collected without their line ends and decoded 24 KiB at a time. A
 * collection that ends before the smallest BINARY run becomes literal lines again: for that, the
 * characters and the layout are enough.
 */
final class Base64Decoding {

  /** The decoded bytes of one full block. */
  static final int BLOCK_BYTES = 24 * 1024;

  private final RunSink sink;
  private final RunJoiner joiner;
  private final int minBinary;
  private final int maxBinary;
  private final byte[] characters = new byte[BLOCK_BYTES / 3 * 4];
  private final byte[] decoded = new byte[BLOCK_BYTES];
  private int filled;

  /** The length of the lines being collected; 0 when there are none. */
  private int lineLength;

  private LineEnd lineEnd = LineEnd.LF;
  private boolean begun;

  /** The bytes of the open run that the sink has. */
  private int emitted;

  Base64Decoding(RunSink sink, RunJoiner joiner, int minBinary, int maxBinary) {
    this.sink = sink;
    this.joiner = joiner;
    this.minBinary = minBinary;
    this.maxBinary = maxBinary;
  }

  void reset() {
    lineLength = 0;
    filled = 0;
    begun = false;
    emitted = 0;
  }

  /**
   * Takes as many whole lines as go on with those collected, and returns the position behind them.
   * It makes the same of them as {@link #line}, only faster.
   */
  int lines(byte[] buffer, int from, int to) {
    int position = from;
    if (lineLength > 0) {
      int step = lineLength + lineEnd.length();
      while (to - position >= step
          && !isLong()
          && lineEnd.isAt(buffer, position + lineLength)
          && Base64Alphabet.all(buffer, position, position + lineLength)) {
        collect(buffer, position, lineLength);
        position += step;
      }
    }
    return position;
  }

  /**
   * Takes the line {@code [from, to)}, or returns false: it is literal, and whatever was collected
   * has gone before it.
   *
   * <p>A line without a line end is the last of the message, or longer than any line of base64.
   */
  boolean line(byte[] buffer, int from, int to) {
    int end = Ascii.contentEnd(buffer, from, to);
    int length = end - from;
    if (isLong()) {
      close(true);
    }
    if (lineLength > 0) {
      boolean sameEnd = to - end == lineEnd.length();
      if (length == lineLength && sameEnd && Base64Alphabet.all(buffer, from, end)) {
        collect(buffer, from, length);
        return true;
      }
      boolean lastEnd = sameEnd || end == to;
      if (lastEnd
          && isText(length, lineLength)
          && Base64Alphabet.allWithPadding(buffer, from, end)) {
        collect(buffer, from, length);
        close(sameEnd);
        return true;
      }
      close(true);
    }
    if (end < to
        && isText(length, Base64Layout.MAX_LINE_LENGTH)
        && Base64Alphabet.all(buffer, from, end)) {
      lineLength = length;
      lineEnd = to - end == 1 ? LineEnd.LF : LineEnd.CRLF;
      collect(buffer, from, length);
      return true;
    }
    return false;
  }

  /** Whether the run has its full length: the next line begins another one. */
  private boolean isLong() {
    return lineLength > 0 && emitted >= maxBinary;
  }

  private static boolean isText(int length, int max) {
    return length > 0 && length <= max && length % 4 == 0;
  }

  /** The base64 ends before what follows. */
  void close() {
    close(true);
  }

  private void close(boolean finalLineEnd) {
    if (lineLength == 0) {
      return;
    }
    if (!begun && filled / 4 * 3 < minBinary) {
      emitLiteral(finalLineEnd);
    } else {
      decode(Arrays.copyOf(characters, filled));
      sink.endBase64(new Base64Layout(lineLength, lineEnd, finalLineEnd));
    }
    reset();
  }

  private void collect(byte[] buffer, int from, int count) {
    int first = Math.min(count, characters.length - filled);
    System.arraycopy(buffer, from, characters, filled, first);
    filled += first;
    if (first < count) {
      decode(characters);
      System.arraycopy(buffer, from + first, characters, 0, count - first);
      filled = count - first;
    }
  }

  private void decode(byte[] block) {
    if (!begun) {
      begun = true;
      joiner.makeWayForBinary();
      sink.begin(RunKind.BINARY);
    }
    int count = Base64.getDecoder().decode(block, decoded);
    sink.bytes(decoded, 0, count);
    emitted += count;
  }

  private void emitLiteral(boolean finalLineEnd) {
    byte[] end = new byte[lineEnd.length()];
    lineEnd.copyTo(end, 0);
    for (int start = 0; start < filled; start += lineLength) {
      int count = Math.min(lineLength, filled - start);
      joiner.literal(characters, start, count);
      if (start + count < filled || finalLineEnd) {
        joiner.literal(end, 0, end.length);
      }
    }
  }
}
