package org.mailkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.testkit.property.Mutation;
import org.mailkeep.testkit.property.Mutations;

final class RepositoryConfigTest {

  private static final FullKeys KEYS = TestRepository.KEYS;
  private static final RepositoryId ID = new RepositoryId(0x1234, -1);
  private static final Instant NOW = Instant.parse("2026-11-20T14:00:01.5Z");

  private final RepositoryConfig config = RepositoryConfig.create(ID, NOW, KEYS);

  @Test
  void what_was_written_is_read_without_a_key() {
    RepositoryConfig read = RepositoryConfig.decode(config.encode());
    assertThat(read.id()).isEqualTo(ID);
    assertThat(read.created()).isEqualTo(Instant.parse("2026-11-20T14:00:01Z"));
    assertThat(read.features()).isEmpty();
    assertThat(read.encode()).isEqualTo(config.encode());
    assertThat(config.created()).isEqualTo(read.created());
  }

  @Test
  void magic_version_id_time_and_features_come_first_then_code_and_checksum() {
    byte[] expected = body(1, w -> w.varint(0));
    assertThat(config.encode())
        .startsWith(expected)
        .startsWith(new byte[] {'M', 'K', 'R', 'P', 1})
        .hasSize(expected.length + 32 + 32);
  }

  @Test
  void a_holder_of_the_keys_can_prove_it_and_a_writer_too() {
    RepositoryConfig.decode(config.encode()).prove(KEYS);
    RepositoryConfig.decode(config.encode()).prove(KEYS.writer());
  }

  @Test
  void other_keys_did_not_write_it() {
    FullKeys others = FullKeys.generate(new SecureRandom());
    assertThatThrownBy(() -> config.prove(others)).isInstanceOf(DamagedException.class);
  }

  @Test
  void every_damage_is_damage_or_a_version_that_is_too_new() {
    byte[] valid = config.encode();
    Mutations.of(valid).forEach(RepositoryConfigTest::assertNoticed);
  }

  private static void assertNoticed(Mutation mutation) {
    assertThatThrownBy(() -> RepositoryConfig.decode(mutation.bytes()))
        .as(mutation.what())
        .isInstanceOfAny(DamagedException.class, TooNewException.class)
        .isInstanceOfSatisfying(
            MailkeepException.class,
            e -> assertThat(e).hasMessageStartingWith("mailkeep-repository"));
  }

  @Test
  void only_a_greater_version_is_too_new() {
    assertThatThrownBy(() -> RepositoryConfig.decode(object(body(2, w -> w.varint(0)))))
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> RepositoryConfig.decode(object(body(0, w -> w.varint(0)))))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void a_required_feature_that_is_not_known_is_refused_by_name() {
    byte[] body = body(1, w -> w.varint(2).string("merkle-index").string("brotli"));
    assertThatThrownBy(() -> RepositoryConfig.decode(object(body)))
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining("merkle-index, brotli");
  }

  @Test
  void a_forged_time_that_no_calendar_has_is_damage() {
    ByteWriter out = new ByteWriter().u32(0x4d4b5250).u8(1);
    ID.write(out);
    byte[] body = out.u64(Long.MAX_VALUE).varint(0).toByteArray();
    assertThatThrownBy(() -> RepositoryConfig.decode(object(body)))
        .isInstanceOf(DamagedException.class);
  }

  private static byte[] body(int version, Consumer<ByteWriter> features) {
    ByteWriter out = new ByteWriter().u32(0x4d4b5250).u8(version);
    ID.write(out);
    out.u64(NOW.getEpochSecond());
    features.accept(out);
    return out.toByteArray();
  }

  private static byte[] object(byte[] body) {
    byte[] covered = new ByteWriter().raw(body).raw(KEYS.mac(Purpose.CONFIG, body)).toByteArray();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(covered);
      return new ByteWriter().raw(covered).raw(digest).toByteArray();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
