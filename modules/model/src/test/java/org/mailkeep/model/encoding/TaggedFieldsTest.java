package org.mailkeep.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mailkeep.testkit.property.Mutations;

final class TaggedFieldsTest {

  private static final int REQUIRED = 1;
  private static final int NAME = 2;
  private static final int WORD = 4;
  private static final int NEW_AND_HARMLESS = 1000;
  private static final int NEW_AND_REQUIRED = 1001;

  private final TaggedFields.Writer out = new TaggedFields.Writer();

  @Test
  void fields_are_found_by_tag_whatever_their_order() {
    out.text(WORD, "b").field(REQUIRED, w -> w.varint(7)).text(NAME, "Ü").text(WORD, "a");
    TaggedFields.Reader in = reader();
    assertThat(in.all(WORD, TaggedFields::text)).containsExactly("b", "a");
    assertThat(in.one(REQUIRED, ByteReader::varint)).isEqualTo(7);
    assertThat(in.optional(NAME, TaggedFields::text)).hasValue("Ü");
    in.requireAllKnown();
  }

  @Test
  void a_field_is_its_tag_its_length_and_its_content() {
    assertThat(out.text(300, "ab").toByteArray()).containsExactly(0xac, 0x02, 2, 'a', 'b');
  }

  @Test
  void an_unknown_field_with_an_even_tag_is_skipped() {
    out.text(NAME, "x").text(NEW_AND_HARMLESS, "whatever");
    TaggedFields.Reader in = reader();
    assertThat(in.one(NAME, TaggedFields::text)).isEqualTo("x");
    in.requireAllKnown();
  }

  @Test
  void an_unknown_field_with_an_odd_tag_is_refused() {
    out.text(NAME, "x").text(NEW_AND_REQUIRED, "");
    TaggedFields.Reader in = reader();
    assertThat(in.one(NAME, TaggedFields::text)).isEqualTo("x");
    assertThatThrownBy(in::requireAllKnown)
        .isInstanceOf(TaggedFields.UnknownFieldException.class)
        .hasMessageContaining("1001");
  }

  @Test
  void a_tag_of_64_bits_is_as_unknown_as_any_other() {
    byte[] bytes = new ByteWriter().varint(-1).bytes(new byte[0]).toByteArray();
    assertThatThrownBy(new TaggedFields.Reader(bytes)::requireAllKnown)
        .isInstanceOf(TaggedFields.UnknownFieldException.class)
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void a_missing_field_is_malformed_where_there_must_be_one() {
    assertThat(reader().optional(NAME, TaggedFields::text)).isEmpty();
    assertThatThrownBy(() -> reader().one(NAME, TaggedFields::text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void a_second_field_is_malformed_where_there_may_be_one() {
    out.text(NAME, "x").text(NAME, "x");
    assertThatThrownBy(() -> reader().optional(NAME, TaggedFields::text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void content_that_is_left_over_in_a_field_is_malformed() {
    out.field(REQUIRED, w -> w.varint(1).varint(2));
    assertThatThrownBy(() -> reader().one(REQUIRED, ByteReader::varint))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void a_text_that_is_not_utf8_is_malformed() {
    out.field(NAME, w -> w.u8(0xff));
    assertThatThrownBy(() -> reader().one(NAME, TaggedFields::text))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void damaged_fields_are_other_fields_or_malformed() {
    out.text(NAME, "name").text(WORD, "word").field(REQUIRED, w -> w.varint(300));
    Mutations.mayOnlyThrow(MalformedException.class, out.toByteArray(), TaggedFields.Reader::new);
  }

  private TaggedFields.Reader reader() {
    return new TaggedFields.Reader(out.toByteArray());
  }
}
