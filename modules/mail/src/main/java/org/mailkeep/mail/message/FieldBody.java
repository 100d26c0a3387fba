package org.mailkeep.mail.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The unfolded body of one header field that says what a part is (RFC 2045, 5 and 6). Only its
 * first 1 KiB is kept.
 */
final class FieldBody {

  /** RFC 2046, 5.1.1: boundaries are "no longer than 70 characters". */
  private static final int MAX_BOUNDARY = 70;

  private final byte[] bytes = new byte[1024];
  private int length;
  private boolean present;

  void reset() {
    length = 0;
    present = false;
  }

  boolean isPresent() {
    return present;
  }

  /** Adds what one line has of the field. */
  void append(byte[] line, int from, int to) {
    present = true;
    int count = Math.min(to - from, bytes.length - length);
    System.arraycopy(line, from, bytes, length, count);
    length += count;
  }

  /** Whether the value before any parameter is exactly this one. */
  boolean valueIs(String lower) {
    int from = Ascii.skipBlanks(bytes, 0, length);
    int to = from;
    while (to < length && !endsToken(bytes[to])) {
      to++;
    }
    return Ascii.equalsIgnoreCase(bytes, from, to, lower);
  }

  /** Whether the value begins so. */
  boolean valueBegins(String lower) {
    return Ascii.startsWithIgnoreCase(bytes, Ascii.skipBlanks(bytes, 0, length), length, lower);
  }

  /** The parameter {@code boundary}, if it has one that is not empty and not too long. */
  byte @Nullable [] boundary() {
    for (int start = parameter(0); start < length; start = parameter(start)) {
      int nameEnd = start;
      while (nameEnd < length && bytes[nameEnd] != '=' && !endsToken(bytes[nameEnd])) {
        nameEnd++;
      }
      int equals = Ascii.skipBlanks(bytes, nameEnd, length);
      if (equals < length
          && bytes[equals] == '='
          && Ascii.equalsIgnoreCase(bytes, start, nameEnd, "boundary")) {
        return value(Ascii.skipBlanks(bytes, equals + 1, length));
      }
    }
    return null;
  }

  private static boolean endsToken(byte b) {
    return b == ';' || Ascii.isBlank(b);
  }

  /** Where the next parameter begins, behind a semicolon that is not quoted; or the end. */
  private int parameter(int from) {
    boolean quoted = false;
    int i = from;
    while (i < length && (quoted || bytes[i] != ';')) {
      if (bytes[i] == '"') {
        quoted = !quoted;
      } else if (quoted && bytes[i] == '\\') {
        i++;
      }
      i++;
    }
    return Ascii.skipBlanks(bytes, i + 1, length);
  }

  private byte @Nullable [] value(int from) {
    byte[] value = new byte[MAX_BOUNDARY];
    int count = 0;
    boolean quoted = from < length && bytes[from] == '"';
    for (int i = quoted ? from + 1 : from; i < length; i++) {
      byte b = bytes[i];
      if (quoted ? b == '"' : endsToken(b)) {
        break;
      }
      if (quoted && b == '\\' && i + 1 < length) {
        b = bytes[++i];
      }
      if (count == MAX_BOUNDARY) {
        return null;
      }
      value[count++] = b;
    }
    while (count > 0 && Ascii.isBlank(value[count - 1])) {
      count--;
    }
    return count == 0 ? null : Arrays.copyOf(value, count);
  }
}
