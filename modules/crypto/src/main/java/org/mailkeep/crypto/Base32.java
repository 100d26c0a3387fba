package org.mailkeep.crypto;

import java.util.Locale;
import org.mailkeep.model.encoding.MalformedException;

/**
 * Base 32 (RFC 4648, section 6) in lower case without padding: letters and digits that survive
 * dictation, and no sign that a shell or a mail program touches.
 */
final class Base32 {

  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 8 / 5 + 1);
    int window = 0;
    int bits = 0;
    for (byte b : bytes) {
      window = (window << 8 | (b & 0xff)) & 0xfff;
      bits += 8;
      for (; bits >= 5; bits -= 5) {
        text.append(DIGITS.charAt(window >>> (bits - 5) & 31));
      }
    }
    if (bits > 0) {
      text.append(DIGITS.charAt(window << (5 - bits) & 31));
    }
    return text.toString();
  }

  /** The bytes of a text in either case; exactly one text stands for each byte string. */
  static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int window = 0;
    int bits = 0;
    int done = 0;
    for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
      int digit = DIGITS.indexOf(c);
      if (digit < 0) {
        throw new MalformedException("a character is none of a to z and 2 to 7");
      }
      window = (window << 5 | digit) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[done++] = (byte) (window >>> bits);
      }
    }
    if (bits >= 5 || (window & ((1 << bits) - 1)) != 0) {
      throw new MalformedException("the end is not one of base 32");
    }
    return bytes;
  }
}
