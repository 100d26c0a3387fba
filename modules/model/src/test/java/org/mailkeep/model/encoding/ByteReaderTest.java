package org.mailkeep.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

final class ByteReaderTest {

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "1,01",
    "127,7f",
    "128,8001",
    "300,ac02",
    "16383,ff7f",
    "16384,808001",
    "9223372036854775807,ffffffffffffffff7f",
    "-1,ffffffffffffffffff01"
  })
  void a_varint_has_seven_bits_a_byte_low_bits_first(long value, String hex) {
    byte[] bytes = new ByteWriter().varint(value).toByteArray();
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(new ByteReader(bytes).varint()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "-1,01",
    "1,02",
    "-2,03",
    "63,7e",
    "-64,7f",
    "9223372036854775807,feffffffffffffffff01",
    "-9223372036854775808,ffffffffffffffffff01"
  })
  void a_signed_varint_has_its_sign_in_the_lowest_bit(long value, String hex) {
    byte[] bytes = new ByteWriter().signedVarint(value).toByteArray();
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(new ByteReader(bytes).signedVarint()).isEqualTo(value);
  }

  @Test
  void varints_around_every_power_of_two_come_back_and_end_nowhere_early() {
    for (int bit = 0; bit < 64; bit++) {
      long power = 1L << bit;
      LongStream.of(power - 1, power, power + 1, -power).forEach(ByteReaderTest::comesBack);
    }
  }

  private static void comesBack(long value) {
    byte[] bytes = new ByteWriter().varint(value).signedVarint(value).toByteArray();
    ByteReader in = new ByteReader(bytes);
    assertThat(in.varint()).isEqualTo(value);
    assertThat(in.signedVarint()).isEqualTo(value);
    in.end();
    byte[] alone = new ByteWriter().varint(value).toByteArray();
    for (int length = 0; length < alone.length; length++) {
      ByteReader cut = new ByteReader(alone, 0, length);
      assertThatThrownBy(cut::varint).isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8000", // 0 in two bytes
        "ff00", // 127 in two bytes
        "80808000",
        "ffffffffffffffffff02", // bit 64
        "ffffffffffffffffff81",
        "80808080808080808080",
        "8080808080808080808001"
      })
  void a_number_that_is_too_long_or_not_in_its_shortest_form_is_malformed(String hex) {
    ByteReader in = new ByteReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(in::varint).isInstanceOf(MalformedException.class);
  }

  @Test
  void any_bytes_that_are_a_varint_are_the_ones_that_are_written_for_it() {
    Property.check(
        2000,
        draw -> {
          byte[] bytes = draw.bytes(draw.between(0, 11));
          ByteReader in = new ByteReader(bytes);
          try {
            byte[] again = new ByteWriter().varint(in.varint()).toByteArray();
            assertThat(again).isEqualTo(Arrays.copyOf(bytes, bytes.length - in.remaining()));
          } catch (MalformedException e) {
            assertThat(e).hasMessageMatching(".*(early|shortest|64 bits).*");
          }
        });
  }

  @Test
  void all_kinds_of_values_come_back_in_order_and_every_damage_is_malformed_or_another_value() {
    byte[] bytes =
        new ByteWriter(0)
            .u8(0x1ff)
            .u32(0xfedcba98)
            .u64(0xfedcba9876543210L)
            .bytes(new byte[] {1, 2, 3})
            .string("Büro ☂")
            .raw(new byte[] {9, 8, 7, 6}, 1, 2)
            .toByteArray();
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("fffedcba98fedcba98765432100301020309" + "42c3bc726f20e298820807");
    readAll(bytes);
    Mutations.mayOnlyThrow(MalformedException.class, bytes, ByteReaderTest::readAll);
  }

  private static Object readAll(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Object[] all = {in.u8(), in.u32(), in.u64(), in.bytes(100), in.string(100), in.raw(2)};
    in.end();
    return all;
  }

  @Test
  void the_numbers_that_were_written_are_read() {
    ByteReader in =
        new ByteReader(
            new ByteWriter().u8(0x1ff).u32(0xfedcba98).u64(0xfedcba9876543210L).toByteArray());
    assertThat(in.u8()).isEqualTo(0xff);
    assertThat(in.u32()).isEqualTo(0xfedcba98);
    assertThat(in.u64()).isEqualTo(0xfedcba9876543210L);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void a_reader_of_a_part_ends_with_the_part() {
    ByteReader in = new ByteReader(new byte[] {1, 2, 3, 4, 5}, 1, 3);
    assertThat(in.remaining()).isEqualTo(3);
    assertThat(in.raw(3)).containsExactly(2, 3, 4);
    in.end();
    assertThatThrownBy(in::u8).isInstanceOf(MalformedException.class);
  }

  @Test
  void bytes_left_over_are_malformed() {
    ByteReader in = new ByteReader(new byte[2]);
    in.u8();
    assertThatThrownBy(in::end).isInstanceOf(MalformedException.class).hasMessageContaining("1");
  }

  @Test
  void a_count_is_bounded_by_its_maximum_and_by_the_bytes_that_are_left() {
    byte[] huge = new ByteWriter().varint(-1).toByteArray();
    byte[] ten = new ByteWriter().varint(10).raw(new byte[38]).toByteArray();
    assertThatThrownBy(() -> new ByteReader(huge).count(Integer.MAX_VALUE))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("18446744073709551615");
    assertThat(new ByteReader(ten).count(10)).isEqualTo(10);
    assertThatThrownBy(() -> new ByteReader(ten).count(9)).isInstanceOf(MalformedException.class);
    assertThat(new ByteReader(ten).countOf(3)).isEqualTo(10);
    assertThatThrownBy(() -> new ByteReader(ten).countOf(4)).isInstanceOf(MalformedException.class);
  }

  @Test
  void a_byte_string_that_says_it_is_longer_than_what_is_left_takes_no_memory() {
    byte[] bytes = new ByteWriter().varint(Integer.MAX_VALUE).raw(new byte[3]).toByteArray();
    assertThatThrownBy(() -> new ByteReader(bytes).bytes(Integer.MAX_VALUE))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01ff", "02c3c3", "03eda080", "02c080", "04f4908080"})
  void a_text_that_is_not_utf8_is_malformed(String hex) {
    ByteReader in = new ByteReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> in.string(100))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void a_writer_grows_as_needed_and_can_begin_again() {
    Property.check(
        50,
        draw -> {
          ByteWriter out = new ByteWriter(draw.pick(0, 1, 300));
          byte[] first = draw.bytes();
          byte[] second = draw.bytes();
          out.raw(first);
          out.clear();
          assertThat(out.length()).isZero();
          assertThat(out.raw(second).u8(7).toByteArray())
              .isEqualTo(Arrays.copyOf(append7(second), second.length + 1));
        });
  }

  private static byte[] append7(byte[] bytes) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = 7;
    return longer;
  }
}
