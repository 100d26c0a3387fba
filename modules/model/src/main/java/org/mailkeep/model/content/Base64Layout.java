package org.mailkeep.model.content;

/**
 * How base64 text was laid out in lines, which is all that is needed to rebuild it from the decoded
 * bytes: full lines of one length, the last one as long as what is left, padded with "=" (RFC 4648,
 * section 4).
 *
 * @param lineLength characters in a full line, without the line end; a multiple of 4
 * @param lineEnd what ends each line
 * @param finalLineEnd whether the last line has its line end too
 */
public record Base64Layout(int lineLength, LineEnd lineEnd, boolean finalLineEnd) {

  /** The longest line: RFC 5322, section 2.1.1, allows 998 characters, of which 996 are usable. */
  public static final int MAX_LINE_LENGTH = 996;

  /** Checks the line length. */
  public Base64Layout {
    if (lineLength < 4 || lineLength > MAX_LINE_LENGTH || lineLength % 4 != 0) {
      throw new IllegalArgumentException("base64 lines of " + lineLength + " characters");
    }
  }

  /** The length of the text that {@code decoded} bytes become, in bytes. */
  public long encodedLength(long decoded) {
    long characters = (decoded + 2) / 3 * 4;
    long lines = (characters + lineLength - 1) / lineLength;
    long lineEnds = finalLineEnd ? lines : Math.max(0, lines - 1);
    return characters + lineEnds * lineEnd.length();
  }
}
