package org.mailkeep.repository.block;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.repository.block.Compression.Compressed;
import org.mailkeep.testkit.mail.MailGenerator;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

final class CompressionTest {

  private static final byte[] NO_BASE = {};

  private final Compression compression = new Compression(Compression.DEFAULT_LEVEL);

  @AfterEach
  void close() {
    compression.close();
  }

  @Test
  void any_bytes_come_back_from_one_compression_used_many_times() {
    Property.check(
        300,
        draw -> {
          byte[] plain = draw.bytes(1 + draw.length(100_000));
          Compressed packed = compression.compress(plain, plain.length);
          assertThat(unpack(packed, plain.length, NO_BASE)).isEqualTo(plain);
          byte[] base = draw.bytes(1 + draw.length(100_000));
          Compressed delta = compression.compressDelta(plain, plain.length, base);
          assertThat(delta.codec()).isEqualTo(Codec.ZSTD_DELTA);
          assertThat(unpack(delta, plain.length, base)).isEqualTo(plain);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9, 19})
  void mail_becomes_smaller_at_every_level(int level) {
    byte[] mail = mail(200_000);
    try (Compression other = new Compression(level)) {
      Compressed packed = other.compress(mail, mail.length);
      assertThat(packed.codec()).isEqualTo(Codec.ZSTD);
      assertThat(packed.bytes().length).isLessThan(mail.length * 3 / 4);
      assertThat(unpack(packed, mail.length, NO_BASE)).isEqualTo(mail);
    }
  }

  @Test
  void what_does_not_become_smaller_is_kept_as_it_is() {
    byte[] noise = new byte[100_000];
    new SplittableRandom(1).nextBytes(noise);
    Compressed packed = compression.compress(noise, 90_000);
    assertThat(packed.codec()).isEqualTo(Codec.RAW);
    assertThat(packed.bytes()).isEqualTo(Arrays.copyOf(noise, 90_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9})
  void twenty_changed_lines_of_ten_thousand_are_a_small_difference_at_every_level(int level) {
    String[] lines = new String[10_000];
    SplittableRandom random = new SplittableRandom(2);
    Arrays.setAll(lines, i -> Long.toHexString(random.nextLong()) + Long.toHexString(i));
    byte[] base = String.join("\n", lines).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      lines[i * 487] = "changed " + i;
    }
    byte[] plain = String.join("\n", lines).getBytes(UTF_8);
    try (Compression other = new Compression(level)) {
      Compressed delta = other.compressDelta(plain, plain.length, base);
      assertThat(delta.bytes().length).isLessThan(2_000);
      assertThat(unpack(delta, plain.length, base)).isEqualTo(plain);
    }
  }

  @Test
  void a_wrong_length_is_malformed() {
    byte[] mail = mail(10_000);
    byte[] base = mail(20_000);
    for (Compressed packed :
        new Compressed[] {
          compression.compress(mail, mail.length),
          compression.compressDelta(mail, mail.length, base),
          new Compressed(Codec.RAW, mail)
        }) {
      byte[] dictionary = packed.codec() == Codec.ZSTD_DELTA ? base : NO_BASE;
      for (int length : new int[] {1, mail.length - 1, mail.length + 1, BlockInfo.MAX_LENGTH}) {
        assertThatThrownBy(() -> unpack(packed, length, dictionary))
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void a_broken_frame_is_malformed_or_other_bytes_of_the_same_length() {
    byte[] mail = mail(3_000);
    byte[] base = mail(6_000);
    byte[] frame = compression.compress(mail, mail.length).bytes();
    Mutations.mayOnlyThrow(
        MalformedException.class,
        frame,
        bytes -> compression.decompress(Codec.ZSTD, bytes, mail.length, NO_BASE));
    byte[] delta = compression.compressDelta(mail, mail.length, base).bytes();
    Mutations.mayOnlyThrow(
        MalformedException.class,
        delta,
        bytes -> compression.decompress(Codec.ZSTD_DELTA, bytes, mail.length, base));
    assertThat(compression.decompress(Codec.ZSTD, frame, mail.length, NO_BASE)).isEqualTo(mail);
  }

  @Test
  void after_a_difference_nothing_of_its_base_is_left() {
    byte[] mail = mail(10_000);
    Compressed before = compression.compress(mail, mail.length);
    unpack(compression.compressDelta(mail, mail.length, mail), mail.length, mail);
    Compressed after = compression.compress(mail, mail.length);
    assertThat(after.bytes()).isEqualTo(before.bytes());
    assertThat(unpack(after, mail.length, NO_BASE)).isEqualTo(mail);
  }

  private byte[] unpack(Compressed packed, int length, byte[] base) {
    return compression.decompress(packed.codec(), packed.bytes(), length, base);
  }

  private static byte[] mail(int length) {
    MailGenerator generator = new MailGenerator(3);
    byte[] mail = new byte[length];
    int filled = 0;
    while (filled < length) {
      byte[] message = generator.next("info@example.org").bytes();
      int count = Math.min(message.length, length - filled);
      System.arraycopy(message, 0, mail, filled, count);
      filled += count;
    }
    return mail;
  }
}
