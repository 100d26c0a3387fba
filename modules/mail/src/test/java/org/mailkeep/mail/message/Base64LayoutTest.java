package org.mailkeep.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.LineEnd;

class Base64LayoutTest {

  private static String rebuild(Base64Layout layout, byte[] decoded, int from, int piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Base64Rebuilder rebuilder = new Base64Rebuilder(layout, out::write);
    for (int at = from; at < decoded.length; at += piece) {
      rebuilder.feed(decoded, at, Math.min(piece, decoded.length - at));
    }
    rebuilder.finish();
    return out.toString(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 56, 57, 58, 114, 1000, 24_510, 24_576, 24_577, 100_000})
  void the_text_is_rebuilt_and_its_length_known(int size) {
    byte[] decoded = new byte[size];
    new SplittableRandom(size).nextBytes(decoded);
    for (int lineLength : new int[] {4, 60, 76, 996}) {
      for (LineEnd end : LineEnd.values()) {
        String separator = end == LineEnd.LF ? "\n" : "\r\n";
        String expected =
            new String(
                Base64.getMimeEncoder(lineLength, separator.getBytes(StandardCharsets.US_ASCII))
                    .encode(decoded),
                StandardCharsets.US_ASCII);
        Base64Layout open = new Base64Layout(lineLength, end, false);
        Base64Layout closed = new Base64Layout(lineLength, end, true);
        assertThat(rebuild(open, decoded, 0, 1 + size / 7)).isEqualTo(expected);
        assertThat(rebuild(closed, decoded, 0, size)).isEqualTo(expected + separator);
        assertThat(open.encodedLength(size)).isEqualTo(expected.length());
        assertThat(closed.encodedLength(size)).isEqualTo(expected.length() + end.length());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 76, 77, 78, 5000, 130_000})
  void the_text_can_be_rebuilt_from_any_line(int textOffset) {
    byte[] decoded = new byte[100_000];
    new SplittableRandom(1).nextBytes(decoded);
    Base64Layout layout = new Base64Layout(76, LineEnd.LF, true);
    String all = rebuild(layout, decoded, 0, 1000);
    int from = (int) layout.decodedOffset(textOffset);
    int line = textOffset / layout.textPerLine() * layout.textPerLine();
    assertThat(rebuild(layout, decoded, from, 1000)).isEqualTo(all.substring(line));
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 0, 3, 77, 1000})
  void impossible_line_lengths_are_refused(int lineLength) {
    assertThatThrownBy(() -> new Base64Layout(lineLength, LineEnd.LF, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
