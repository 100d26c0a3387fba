package org.mailkeep.mail.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks base64 text (RFC 4648, 4) eight characters at a time. The JDK's decoder is strict about
 * the alphabet too, but does not say where a bad character stands, and takes padding whose unused
 * bits are not zero.
 */
final class Base64Alphabet {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long FOLD = 0x2020202020202020L;

  private Base64Alphabet() {}

  /** Whether {@code bytes[from..to)}, at least one, are letters, digits, '+' and '/'. */
  static boolean all(byte[] bytes, int from, int to) {
    int i = from;
    long bad = 0;
    for (; i + 8 <= to; i += 8) {
      bad |= bad((long) LONGS.get(bytes, i));
    }
    if (i < to) {
      if (to - from >= 8) {
        bad |= bad((long) LONGS.get(bytes, to - 8));
      } else {
        for (; i < to; i++) {
          bad |= bad((bytes[i] & 0xff) * ONES);
        }
      }
    }
    return bad == 0;
  }

  /**
   * Whether the characters, a multiple of 4 and at least 4, are base64 that may end in padding,
   * whose unused bits are zero.
   */
  static boolean allWithPadding(byte[] bytes, int from, int to) {
    int end = to;
    if (bytes[to - 1] == '=') {
      boolean two = bytes[to - 2] == '=';
      end = two ? to - 2 : to - 1;
      int unused = two ? 0b1111 : 0b11;
      if ((value(bytes[end - 1]) & unused) != 0) {
        return false;
      }
    }
    return all(bytes, from, end);
  }

  /** The six bits of a character of the alphabet; anything for others. */
  private static int value(byte b) {
    if (b >= 'a') {
      return b - 'a' + 26;
    }
    if (b >= 'A') {
      return b - 'A';
    }
    return b >= '0' ? b - '0' + 52 : b == '+' ? 62 : 63;
  }

  /** A word with bits set unless all its eight bytes are of the alphabet. */
  private static long bad(long x) {
    long letters = range(x | FOLD, 'a', 'z');
    long slashAndDigits = range(x, '/', '9');
    long plus = range(x, '+', '+');
    // Sums of bytes above 127 carry into their neighbours, but then the word is bad anyway.
    return (~(letters | slashAndDigits | plus) | x) & HIGH;
  }

  /** For bytes below 128: the high bit of each byte that is {@code low} to {@code high}. */
  private static long range(long x, int low, int high) {
    return (x + (0x80 - low) * ONES) & ~(x + (0x7f - high) * ONES);
  }
}
