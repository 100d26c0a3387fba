package org.mailkeep.mail.message;

/** Comparing and finding bytes as RFC 5322 sees them: ASCII, letters in either case. */
final class Ascii {

  private Ascii() {}

  /** Whether {@code bytes[from..to)} are these lower-case ASCII characters, in either case. */
  static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lower) {
    return to - from == lower.length() && startsWithIgnoreCase(bytes, from, to, lower);
  }

  /** Whether {@code bytes[from..to)} begins with these lower-case characters, in either case. */
  static boolean startsWithIgnoreCase(byte[] bytes, int from, int to, String lower) {
    if (to - from < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if (toLower(bytes[from + i]) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int toLower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  /** Whether this is a space or a tab. */
  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** The first position of {@code from..to} at which there is no blank. */
  static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  /**
   * Where the content of the line {@code [from, to)} ends: before its LF or CRLF, if it has one.
   */
  static int contentEnd(byte[] bytes, int from, int to) {
    int end = to;
    if (end > from && bytes[end - 1] == '\n') {
      end--;
      if (end > from && bytes[end - 1] == '\r') {
        end--;
      }
    }
    return end;
  }
}
