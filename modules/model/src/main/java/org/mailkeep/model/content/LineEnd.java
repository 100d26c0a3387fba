package org.mailkeep.model.content;

/** How a line of text ends. */
public enum LineEnd {
  /** A line feed alone, as mail is stored on Unix. */
  LF(1),
  /** Carriage return and line feed, as mail travels (RFC 5322, section 2.1). */
  CRLF(2);

  private final int length;

  LineEnd(int length) {
    this.length = length;
  }

  /** The number of bytes. */
  public int length() {
    return length;
  }
}
