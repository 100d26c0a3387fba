package org.mailkeep.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base64AlphabetTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void every_pair_of_neighbours_is_judged_right() {
    for (int length : new int[] {2, 5, 8, 9, 12, 16, 20}) {
      byte[] bytes = new byte[length + 2];
      for (int at = 1; at < length; at++) {
        Arrays.fill(bytes, (byte) 'A');
        bytes[0] = '*';
        bytes[length + 1] = '*';
        for (int a = 0; a < 256; a++) {
          bytes[at] = (byte) a;
          for (int b = 0; b < 256; b++) {
            bytes[at + 1] = (byte) b;
            boolean good = ALPHABET.indexOf(a) >= 0 && ALPHABET.indexOf(b) >= 0;
            if (Base64Alphabet.all(bytes, 1, length + 1) != good) {
              throw new AssertionError(a + " and " + b + " at " + at + " of " + length);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "QUJD, true",
    "QQ==, true",
    "QUI=, true",
    "QR==, false",
    "QUJ=, false",
    "Q===, false",
    "====, false",
    "QQ=A, false",
    "=QQ=, false",
    "QUJDQQ==, true",
    "QQ==QUJD, false",
  })
  void padding_stands_at_the_end_and_hides_no_bits(String text, boolean good) {
    assertThat(Base64Alphabet.allWithPadding(latin1(text), 0, text.length())).isEqualTo(good);
  }
}
