package org.mailkeep.mail.message;

/** Searches in lines, fast: most bytes of a text are never looked at. */
final class LineScan {

  private LineScan() {}

  /** The position of the first line feed in {@code [from, to)}, or -1. */
  static int lineFeed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /**
   * The first position behind {@code from} at which a line begins that may be a border, which
   * begins with "--" (RFC 2046, 5.1.1); {@code to} if there is none. It may be less than two bytes
   * before {@code to}: then the bytes that are missing decide.
   *
   * <p>This is the search of Horspool for the three bytes LF, '-', '-': what stands at the third
   * place says how far the pattern can move on.
   */
  static int border(byte[] bytes, int from, int to) {
    int third = from + 2;
    while (third < to) {
      byte b = bytes[third];
      if (b == '-') {
        if (bytes[third - 1] == '-' && bytes[third - 2] == '\n') {
          return third - 1;
        }
        third++;
      } else {
        third += b == '\n' ? 2 : 3;
      }
    }
    if (to - from >= 2 && bytes[to - 1] == '-' && bytes[to - 2] == '\n') {
      return to - 1;
    }
    return to;
  }
}
