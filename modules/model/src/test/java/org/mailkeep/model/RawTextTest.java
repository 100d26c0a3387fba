package org.mailkeep.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

final class RawTextTest {

  /** Bytes that begin, continue and spoil UTF-8. */
  private static final byte[] TELLING = {
    0x00,
    0x41,
    0x7f,
    (byte) 0x80,
    (byte) 0x90,
    (byte) 0xa0,
    (byte) 0xbf,
    (byte) 0xc0,
    (byte) 0xc3,
    (byte) 0xe0,
    (byte) 0xe2,
    (byte) 0xed,
    (byte) 0xef,
    (byte) 0xf0,
    (byte) 0xf4,
    (byte) 0xf5,
    (byte) 0xff
  };

  @Test
  void any_one_and_two_bytes_survive() {
    for (int first = 0; first < 256; first++) {
      survives((byte) first);
      for (int second = 0; second < 256; second++) {
        survives((byte) first, (byte) second);
      }
    }
  }

  @Test
  void all_mixtures_of_telling_bytes_survive() {
    for (byte a : TELLING) {
      for (byte b : TELLING) {
        for (byte c : TELLING) {
          survives(a, b, c);
          for (byte d : TELLING) {
            survives(a, b, c, d);
          }
        }
      }
    }
  }

  @Test
  void any_bytes_survive() {
    Property.check(1000, draw -> survives(draw.flip() ? draw.bytes() : mixture(draw)));
  }

  private static byte[] mixture(Draw draw) {
    StringBuilder hex = new StringBuilder();
    for (int left = draw.length(50); left > 0; left--) {
      hex.append(draw.pick("41", "c3bc", "e29882", "f09d849e", "f09d84", "e298", "eda080", "ff"));
    }
    return HexFormat.of().parseHex(hex);
  }

  private static void survives(byte... bytes) {
    assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void valid_utf8_is_the_text_that_it_is() {
    String text = "Büro ☂ 𝄞 \0";
    assertThat(RawText.decode(text.getBytes(UTF_8))).isEqualTo(text);
    assertThat(RawText.encode(text)).isEqualTo(text.getBytes(UTF_8));
    assertThat(RawText.isUtf8(text)).isTrue();
  }

  @Test
  void a_stray_byte_is_the_low_surrogate_of_its_number() {
    String text = RawText.decode(new byte[] {'a', (byte) 0xff, 'b'});
    assertThat(text).isEqualTo("a\udcffb");
    assertThat(RawText.isUtf8(text)).isFalse();
  }

  @Test
  void stray_bytes_behind_a_character_of_four_bytes_stay_apart_from_it() {
    byte[] bytes = HexFormat.of().parseHex("f09d849e9e");
    assertThat(RawText.decode(bytes)).isEqualTo("𝄞\udc9e");
    survives(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "41,A",
    "0a,\\n",
    "09,\\t",
    "0d,\\r",
    "5c,\\\\",
    "00,\\x00",
    "1b5b316d,\\x1b[1m",
    "7f,\\x7f",
    "c285,\\x85", // NEL, a control character of C1
    "85,\\x85", // the same byte alone
    "c3bc,ü",
    "e280ae,\\u202e", // right-to-left override
    "c2ad,\\xad", // soft hyphen
    "f09d849e,𝄞"
  })
  void what_a_terminal_would_obey_is_shown_escaped(String hex, String shown) {
    assertThat(RawText.display(RawText.decode(HexFormat.of().parseHex(hex)))).isEqualTo(shown);
  }

  @Test
  void what_is_displayed_has_no_control_characters_whatever_the_bytes() {
    Property.check(
        500,
        draw -> {
          String shown =
              RawText.display(RawText.decode(draw.flip() ? draw.bytes() : mixture(draw)));
          assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
          assertThat(shown.codePoints())
              .noneMatch(point -> Character.getType(point) == Character.FORMAT)
              .noneMatch(point -> Character.getType(point) == Character.SURROGATE);
        });
  }
}
