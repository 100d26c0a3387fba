package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;

final class BlockSealerTest {

  private static final byte[] PLACE = {1, 2, 3};

  private final SeededRandom random = new SeededRandom(77);
  private final SecretKey key = new SecretKeySpec(random.bytes(32), "AES");
  private final BlockSealer sealer = new BlockSealer(ObjectId.generate(random), key);
  private final BlockOpener opener = new BlockOpener(key);

  @SeededTest
  void blocks_of_every_size_open_again(long seed) {
    SeededRandom seeded = new SeededRandom(seed);
    for (int size : new int[] {0, 1, 15, 16, 17, 4096, 65_537, 1 << 20}) {
      byte[] plaintext = seeded.bytes(size);
      byte[] sealed = sealer.seal(size, PLACE, plaintext);
      assertThat(sealed).hasSize(size + BlockSealer.OVERHEAD);
      assertThat(opener.open(size, PLACE, sealed)).isEqualTo(plaintext);
    }
  }

  @SeededTest
  void ranges_and_buffers_give_the_same_bytes_as_whole_arrays(long seed) {
    SeededRandom seeded = new SeededRandom(seed);
    int size = seeded.nextInt(100_000);
    byte[] plaintext = seeded.bytes(size);
    byte[] expected = sealer.seal(7, PLACE, plaintext);

    byte[] inPlace = new byte[size + 100];
    System.arraycopy(plaintext, 0, inPlace, 50, size);
    assertThat(again().seal(7, PLACE, inPlace, 50, size, inPlace, 50)).isEqualTo(size + 16);
    assertThat(Arrays.copyOfRange(inPlace, 50, 66 + size)).isEqualTo(expected);
    assertThat(opener.open(7, PLACE, inPlace, 50, size + 16, inPlace, 50)).isEqualTo(size);
    assertThat(Arrays.copyOfRange(inPlace, 50, 50 + size)).isEqualTo(plaintext);

    for (boolean direct : new boolean[] {false, true}) {
      ByteBuffer in = buffer(direct, size).put(plaintext).flip();
      ByteBuffer out = buffer(direct, size + 16);
      assertThat(again().seal(7, PLACE, in, out)).isEqualTo(size + 16);
      assertThat(out.flip()).isEqualTo(ByteBuffer.wrap(expected));
      ByteBuffer opened = buffer(direct, size);
      assertThat(opener.open(7, PLACE, out, opened)).isEqualTo(size);
      assertThat(opened.flip()).isEqualTo(ByteBuffer.wrap(plaintext));
    }
  }

  @Test
  void a_block_with_any_bit_changed_or_of_any_other_length_never_opens() {
    byte[] sealed = sealer.seal(0, PLACE, random.bytes(100));
    Broken.assertAllThrow(
        SealBrokenException.class, sealed, broken -> opener.open(0, PLACE, broken));
  }

  @Test
  void a_block_never_opens_under_another_number_or_place() {
    byte[] sealed = sealer.seal(5, PLACE, random.bytes(100));
    assertBroken(4, PLACE, sealed);
    assertBroken(6, PLACE, sealed);
    assertBroken(5L + (1L << 32), PLACE, sealed);
    assertBroken(5, new byte[0], sealed);
    Broken.assertAllThrow(SealBrokenException.class, PLACE, place -> opener.open(5, place, sealed));
  }

  @Test
  void a_broken_block_leaves_no_plaintext_behind() {
    byte[] plaintext = new byte[50_000];
    Arrays.fill(plaintext, (byte) 'm');
    byte[] sealed = Broken.flip(sealer.seal(0, PLACE, plaintext), 8 * 49_000);
    byte[] out = new byte[plaintext.length];
    assertThatThrownBy(() -> opener.open(0, PLACE, sealed, 0, sealed.length, out, 0))
        .isInstanceOf(SealBrokenException.class);
    assertThat(out).containsOnly(0);
    for (boolean direct : new boolean[] {false, true}) {
      ByteBuffer in = buffer(direct, sealed.length).put(sealed).flip();
      ByteBuffer buffer = buffer(direct, plaintext.length);
      assertThatThrownBy(() -> opener.open(0, PLACE, in, buffer))
          .isInstanceOf(SealBrokenException.class);
      byte[] left = new byte[plaintext.length];
      buffer.clear().get(left);
      assertThat(left).containsOnly(0);
    }
  }

  @Test
  void a_number_is_taken_once_and_numbers_rise() {
    sealer.seal(0, PLACE, PLACE);
    sealer.seal(3, PLACE, PLACE);
    for (long number : new long[] {3, 2, 0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> sealer.seal(number, PLACE, PLACE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not follow 3");
    }
    byte[] last = sealer.seal(Long.MAX_VALUE, PLACE, PLACE);
    assertThat(opener.open(Long.MAX_VALUE, PLACE, last)).isEqualTo(PLACE);
  }

  @Test
  void an_output_that_is_too_short_is_a_mistake_of_the_caller_and_uses_the_number_up() {
    assertThatThrownBy(() -> sealer.seal(0, PLACE, new byte[9], 0, 9, new byte[24], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too short");
    assertThatThrownBy(() -> sealer.seal(0, PLACE, PLACE))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] sealed = sealer.seal(1, PLACE, new byte[9]);
    assertThatThrownBy(() -> opener.open(1, PLACE, sealed, 0, sealed.length, new byte[8], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BlockSealer again() {
    return new BlockSealer(sealer.id(), key);
  }

  private void assertBroken(long number, byte[] place, byte[] sealed) {
    assertThatThrownBy(() -> opener.open(number, place, sealed))
        .isInstanceOf(SealBrokenException.class);
  }

  private static ByteBuffer buffer(boolean direct, int size) {
    return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
  }
}
