package org.mailkeep.model.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.Sample;
import org.mailkeep.testkit.property.Property;

final class Base64LayoutTest {

  @Test
  void the_length_of_the_text_is_that_of_the_jdk_s_encoder() {
    Property.check(
        500,
        draw -> {
          LineEnd end = draw.pick(LineEnd.values());
          int line = 4 * draw.between(1, 249);
          boolean last = draw.flip();
          byte[] separator = new byte[end.length()];
          int _ = end.copyTo(separator, 0);
          byte[] decoded = draw.bytes(1 + draw.length());
          long text = Base64.getMimeEncoder(line, separator).encode(decoded).length;
          assertThat(new Base64Layout(line, end, last).encodedLength(decoded.length))
              .isEqualTo(text + (last ? end.length() : 0));
        });
  }

  @Test
  void nothing_has_no_text() {
    assertThat(new Base64Layout(76, LineEnd.CRLF, true).encodedLength(0)).isZero();
  }

  @Test
  void decoding_begins_at_the_line_that_the_text_stands_in() {
    Base64Layout layout = new Base64Layout(76, LineEnd.LF, true);
    assertThat(layout.bytesPerLine()).isEqualTo(57);
    assertThat(layout.textPerLine()).isEqualTo(77);
    assertThat(layout.decodedOffset(0)).isZero();
    assertThat(layout.decodedOffset(76)).isZero();
    assertThat(layout.decodedOffset(77)).isEqualTo(57);
    assertThat(layout.decodedOffset(77L * (1L << 40))).isEqualTo(57L * (1L << 40));
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 0, 3, 75, 1000, 997})
  void lines_have_a_multiple_of_4_characters_up_to_996(int length) {
    assertThatThrownBy(() -> new Base64Layout(length, LineEnd.LF, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_segment_is_as_long_as_its_part_of_the_file() {
    Property.check(
        100,
        draw -> {
          ChunkRef chunk = Sample.chunk(draw);
          assertThat(new Segment.Literal(chunk).length()).isEqualTo(chunk.length());
          assertThat(new Segment.Hole(1L << 40).length()).isEqualTo(1L << 40);
          Base64Layout layout = new Base64Layout(76, LineEnd.LF, false);
          Segment.Base64 base64 = new Segment.Base64(layout, List.of(chunk, chunk));
          assertThat(base64.decodedLength()).isEqualTo(2L * chunk.length());
          assertThat(base64.length()).isEqualTo(layout.encodedLength(2L * chunk.length()));
        });
  }

  @Test
  void a_line_end_is_written_and_recognised() {
    byte[] line = {'a', '\r', '\n', 'b'};
    assertThat(LineEnd.CRLF.isAt(line, 1)).isTrue();
    assertThat(LineEnd.CRLF.isAt(line, 2)).isFalse();
    assertThat(LineEnd.LF.isAt(line, 2)).isTrue();
    assertThat(LineEnd.LF.isAt(line, 1)).isFalse();
    byte[] target = new byte[4];
    assertThat(LineEnd.CRLF.copyTo(target, 1)).isEqualTo(3);
    assertThat(LineEnd.LF.copyTo(target, 3)).isEqualTo(4);
    assertThat(target).containsExactly(0, '\r', '\n', '\n');
  }

  @Test
  void what_is_out_of_range_cannot_be_made() {
    Property.check(
        1,
        draw -> {
          assertThatThrownBy(() -> new ChunkRef(Sample.chunkId(draw), 0))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> new ChunkRef(Sample.chunkId(draw), ChunkRef.MAX_LENGTH + 1))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> new Segment.Hole(0))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> new Recipe.Indirect(1, List.of()))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> new Recipe.Indirect(7, Sample.chunks(draw, 2)))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }
}
