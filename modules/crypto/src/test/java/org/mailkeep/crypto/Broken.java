package org.mailkeep.crypto;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Ways in which bytes go wrong. */
final class Broken {

  private Broken() {}

  /**
   * Checks that every copy with one bit changed, every shorter one and a longer one are refused,
   * and with this exception.
   */
  static void assertAllThrow(Class<?> refusal, byte[] bytes, Consumer<byte[]> use) {
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      assertSame(refusal, refusal(use, flip(bytes, bit)), "bit " + bit);
    }
    for (int length = 0; length <= bytes.length + 1; length++) {
      if (length != bytes.length) {
        assertSame(refusal, refusal(use, Arrays.copyOf(bytes, length)), "length " + length);
      }
    }
  }

  private static Class<?> refusal(Consumer<byte[]> use, byte[] broken) {
    try {
      use.accept(broken);
      return void.class;
    } catch (RuntimeException e) {
      return e.getClass();
    }
  }

  /** A copy with this bit changed. */
  static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  /** The bytes of hexadecimal digits with blanks in between. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }
}
