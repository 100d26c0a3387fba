package org.mailkeep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.testkit.property.Property;

final class IdsTest {

  @Test
  void a_chunk_id_is_24_bytes_in_big_endian_order() {
    ChunkId id = new ChunkId(0x0102030405060708L, -1, 0);
    assertThat(id).hasToString("0102030405060708ffffffffffffffff0000000000000000");
    assertThat(HexFormat.of().formatHex(id.bytes())).isEqualTo(id.toString());
  }

  @Test
  void ids_come_back_from_their_bytes_anywhere_in_an_array() {
    Property.check(
        200,
        draw -> {
          byte[] bytes = draw.bytes(ChunkId.LENGTH + 5);
          ChunkId id = ChunkId.of(bytes, 3);
          assertThat(id.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 3, 3 + ChunkId.LENGTH));
          assertThat(id).hasSameHashCodeAs(ChunkId.of(id.bytes(), 0));
          ObjectId object = Sample.objectId(draw);
          assertThat(ObjectId.of(object.bytes())).isEqualTo(object);
          assertThat(ObjectId.parse(object.toString())).hasValue(object);
          assertThat(object.toString()).startsWith(object.shortForm()).hasSize(64);
          assertThat(object.shortForm()).hasSize(8);
        });
  }

  @Test
  void ids_have_the_order_of_their_unsigned_bytes() {
    Property.check(
        300,
        draw -> {
          ChunkId a = Sample.chunkId(draw);
          ChunkId b = draw.flip() ? Sample.chunkId(draw) : new ChunkId(a.a(), a.b(), ~a.c());
          assertThat(Integer.signum(a.compareTo(b)))
              .isEqualTo(Integer.signum(Arrays.compareUnsigned(a.bytes(), b.bytes())));
          ObjectId c = Sample.objectId(draw);
          ObjectId d = draw.flip() ? c : Sample.objectId(draw);
          assertThat(Integer.signum(c.compareTo(d)))
              .isEqualTo(Integer.signum(Arrays.compareUnsigned(c.bytes(), d.bytes())));
        });
  }

  @Test
  void only_64_lower_case_hexadecimal_digits_are_an_object_id() {
    String hex = new ObjectId(-1, 2, 3, 4).toString();
    assertThat(ObjectId.parse(hex)).isPresent();
    assertThat(ObjectId.parse(hex.toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(ObjectId.parse(hex.substring(1))).isEmpty();
    assertThat(ObjectId.parse(hex + "0")).isEmpty();
    assertThat(ObjectId.parse("g" + hex.substring(1))).isEmpty();
    assertThat(ObjectId.parse("١" + hex.substring(1))).isEmpty(); // an Arabic digit
    assertThat(ObjectId.parse("")).isEmpty();
  }

  @Test
  void an_object_id_has_exactly_32_bytes() {
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> ObjectId.of(new byte[length]))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void a_new_object_id_is_another_one() {
    SecureRandom random = new SecureRandom();
    assertThat(ObjectId.generate(random)).isNotEqualTo(ObjectId.generate(random));
  }

  @Test
  void byte_strings_compare_by_value_and_keep_their_bytes_to_themselves() {
    byte[] bytes = {1, 2, (byte) 0xff};
    ByteString string = ByteString.of(bytes);
    assertThat(string).isEqualTo(ByteString.of(bytes)).hasSameHashCodeAs(ByteString.of(bytes));
    bytes[0] = 9;
    string.bytes()[1] = 9;
    assertThat(string.bytes()).containsExactly(1, 2, 0xff);
    assertThat(ByteString.of(string.text())).isEqualTo(string);
    assertThat(string.length()).isEqualTo(3);
    assertThat(string).hasToString("\\x01\\x02\\xff");
  }
}
