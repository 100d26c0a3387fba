package org.mailkeep.model.content;

/**
 * How base64 text stands in lines (RFC 2045, 6.8): all lines but the last have {@code lineLength}
 * characters, the last has 4 to {@code lineLength}. Together with the decoded bytes this is the
 * text, bit for bit.
 *
 * @param lineLength characters a line, a multiple of 4, 4 to {@link #MAX_LINE_LENGTH}
 * @param lineEnd what stands between the lines
 * @param finalLineEnd whether the last line has its line end too
 */
public record Base64Layout(int lineLength, LineEnd lineEnd, boolean finalLineEnd) {

  /** The largest multiple of 4 within the 998 characters a line that RFC 5322, 2.1.1 allows. */
  public static final int MAX_LINE_LENGTH = 996;

  /** Checks the line length. */
  public Base64Layout {
    if (lineLength < 4 || lineLength > MAX_LINE_LENGTH || lineLength % 4 != 0) {
      throw new IllegalArgumentException("base64 lines of " + lineLength + " characters");
    }
  }

  /** The number of decoded bytes in a full line. */
  public int bytesPerLine() {
    return lineLength / 4 * 3;
  }

  /** The number of bytes of text in a full line, with its line end. */
  public int textPerLine() {
    return lineLength + lineEnd.length();
  }

  /** The exact length of the text of {@code decoded} bytes. */
  public long encodedLength(long decoded) {
    if (decoded == 0) {
      return 0;
    }
    long fullLines = (decoded - 1) / bytesPerLine();
    long rest = decoded - fullLines * bytesPerLine();
    return Math.addExact(
        Math.multiplyExact(fullLines, (long) textPerLine()),
        (rest + 2) / 3 * 4 + (finalLineEnd ? lineEnd.length() : 0));
  }

  /**
   * Where to begin decoding for the text at {@code textOffset}: the offset of the decoded bytes of
   * the line which that text stands in. The line itself begins at a multiple of {@link
   * #textPerLine}.
   */
  public long decodedOffset(long textOffset) {
    return textOffset / textPerLine() * bytesPerLine();
  }
}
