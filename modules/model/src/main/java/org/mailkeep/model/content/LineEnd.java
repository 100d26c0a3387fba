package org.mailkeep.model.content;

/** How lines end: LF in a Maildir, CRLF on the wire and in some stores. */
public enum LineEnd {
  /** One line feed. */
  LF,
  /** Carriage return and line feed. */
  CRLF;

  /** The number of bytes, 1 or 2. */
  public int length() {
    return this == LF ? 1 : 2;
  }

  /** Writes the bytes into {@code target} and returns the offset behind them. */
  public int copyTo(byte[] target, int offset) {
    int position = offset;
    if (this == CRLF) {
      target[position++] = '\r';
    }
    target[position++] = '\n';
    return position;
  }

  /** Whether these bytes stand at {@code offset}, which must leave room for them. */
  public boolean isAt(byte[] buffer, int offset) {
    return this == LF
        ? buffer[offset] == '\n'
        : buffer[offset] == '\r' && buffer[offset + 1] == '\n';
  }
}
