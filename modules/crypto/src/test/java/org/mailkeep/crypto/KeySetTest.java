package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

final class KeySetTest {

  private final FullKeys keys = FullKeys.generate(new SeededRandom(4));

  @SeededTest
  void a_key_set_is_read_as_it_was_written(long seed) {
    SeededRandom random = new SeededRandom(seed);
    FullKeys full = FullKeys.generate(random);
    for (long i = random.nextInt(3); i > 0; i--) {
      full = full.withNewDataKey(random);
    }
    assertThat(KeySet.decode(full.encode())).isInstanceOf(FullKeys.class).isEqualTo(full);
    WriterKeys writer = full.writer();
    assertThat(KeySet.decode(writer.encode())).isInstanceOf(WriterKeys.class).isEqualTo(writer);
    assertThat(writer).isNotEqualTo(full);
    assertThat(writer.dataKeys()).isEqualTo(full.dataKeys());
  }

  @Test
  void a_full_key_set_with_any_bit_changed_or_of_any_other_length_is_malformed() {
    Broken.assertAllThrow(MalformedException.class, keys.encode(), KeySet::decode);
  }

  @Test
  void a_writers_key_set_with_any_bit_changed_or_of_any_other_length_is_malformed() {
    Broken.assertAllThrow(MalformedException.class, keys.writer().encode(), KeySet::decode);
  }

  @Test
  void what_no_program_writes_is_malformed_also_with_a_right_checksum() {
    byte[] secrets = new byte[96];
    assertMalformed(summed(new ByteWriter().u8(2).u8(1).raw(secrets).varint(1).raw(secrets)));
    assertMalformed(summed(new ByteWriter().u8(1).u8(3).raw(secrets).varint(1).raw(secrets)));
    assertMalformed(summed(new ByteWriter().u8(1).u8(1).raw(secrets).varint(0)));
    assertMalformed(summed(new ByteWriter().u8(1).u8(1).raw(secrets).varint(257)));
    assertMalformed(summed(new ByteWriter().u8(1).u8(1).raw(secrets).varint(2).raw(secrets)));
    byte[] noKey = new byte[HybridPublicKey.LENGTH];
    Arrays.fill(noKey, (byte) 0xff);
    assertMalformed(summed(new ByteWriter().u8(1).u8(2).raw(secrets).varint(1).raw(noKey)));
    assertMalformed(summed(new ByteWriter()));
  }

  @Test
  void a_writers_bytes_hold_no_private_key() {
    byte[] full = keys.encode();
    String writer = HexFormat.of().formatHex(keys.writer().encode());
    assertThat(writer).doesNotContain(HexFormat.of().formatHex(full, 99, 131));
    assertThat(writer).doesNotContain(HexFormat.of().formatHex(full, 131, 163));
    assertThat(writer).doesNotContain(HexFormat.of().formatHex(full, 163, 195));
  }

  @Test
  void no_secret_is_shown() {
    assertThat(keys).hasToString("FULL keys, current data key " + keys.dataKeys().getLast());
    assertThat(keys.writer().toString()).startsWith("WRITER keys, current data key ");
  }

  @Test
  void a_chunks_id_is_the_beginning_of_its_hmac_under_the_id_key() {
    byte[] chunk = new SeededRandom(1).bytes(10_000);
    byte[] idKey = Arrays.copyOfRange(keys.encode(), 2, 34);
    ChunkId expected = ChunkId.of(HmacSha256.of(idKey, Arrays.copyOfRange(chunk, 100, 9_000)), 0);
    ChunkHasher hasher = keys.hasher();
    assertThat(hasher.id(chunk, 100, 8_900)).isEqualTo(expected);
    hasher.update(chunk, 100, 900);
    hasher.update(chunk, 1_000, 8_000);
    assertThat(hasher.finish()).isEqualTo(expected);
    assertThat(keys.writer().hasher().id(chunk, 100, 8_900)).isEqualTo(expected);
    assertThat(hasher.finish()).isEqualTo(hasher.id(chunk, 0, 0)).isNotEqualTo(expected);
  }

  @Test
  void a_begun_chunk_cannot_slip_into_another() {
    ChunkHasher hasher = keys.hasher();
    hasher.update(new byte[1], 0, 1);
    assertThatThrownBy(() -> hasher.id(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_gear_table_is_frozen() {
    KeySet zero = zeroKeys();
    assertThat(zero.gearTable()).hasSize(256).doesNotHaveDuplicates();
    assertThat(Arrays.copyOf(zero.gearTable(), 3))
        .containsExactly(0x5cfb82ba923b8316L, 0x3542012b15fead2eL, 0x544643ea3c32bebfL);
    assertThat(zero.gearTable()[255]).isEqualTo(0x57a4140909fe2826L);
    assertThat(keys.writer().gearTable()).isEqualTo(keys.gearTable());
    assertThat(keys.gearTable()).isNotEqualTo(zero.gearTable());
  }

  @Test
  void codes_differ_by_purpose_content_and_repository() {
    Set<String> codes = new HashSet<>();
    for (Purpose purpose : Purpose.values()) {
      codes.add(HexFormat.of().formatHex(keys.mac(purpose, new byte[] {1, 2})));
      codes.add(HexFormat.of().formatHex(keys.mac(purpose, new byte[] {1, 3})));
      codes.add(HexFormat.of().formatHex(zeroKeys().mac(purpose, new byte[] {1, 2})));
    }
    assertThat(codes).hasSize(3 * Purpose.values().length);
    byte[] code = keys.mac(Purpose.CONFIG, new byte[] {1, 2});
    assertThat(keys.writer().isMac(code, Purpose.CONFIG, new byte[] {1}, new byte[] {2})).isTrue();
    assertThat(keys.isMac(Broken.flip(code, 9), Purpose.CONFIG, new byte[] {1, 2})).isFalse();
  }

  private static KeySet zeroKeys() {
    return KeySet.decode(
        summed(new ByteWriter().u8(1).u8(1).raw(new byte[96]).varint(1).raw(new byte[96])));
  }

  private static byte[] summed(ByteWriter out) {
    return out.raw(Sha256.prefix(out.toByteArray(), 8)).toByteArray();
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> KeySet.decode(bytes)).isInstanceOf(MalformedException.class);
  }
}
