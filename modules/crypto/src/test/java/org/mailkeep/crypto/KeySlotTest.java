package org.mailkeep.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.model.error.UsageException;

final class KeySlotTest {

  private static final String NAME = "keys/00";
  private static final List<SlotKind> KINDS =
      List.of(SlotKind.PASSPHRASE, SlotKind.KEY_FILE, SlotKind.RECIPIENT);
  private static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);

  private final SeededRandom random = new SeededRandom(21);
  private final FullKeys keys = FullKeys.generate(random);
  private final RepositoryId repository = RepositoryId.generate(random);
  private final Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
  private final KeyFile keyFile = KeyFile.generate(random);
  private final RecipientPrivateKey recipient = RecipientPrivateKey.generate(random);
  private final List<SlotSecret> secrets = List.of(passphrase, keyFile, recipient);

  @Test
  void each_slot_opens_with_its_own_secret_and_with_no_other_kind() {
    for (KeySet held : List.of(keys, keys.writer())) {
      List<KeySlot> slots = slots(held);
      for (int slot = 0; slot < 3; slot++) {
        KeySlot parsed = KeySlot.parse(NAME, slots.get(slot).encode());
        assertThat(parsed.kind()).isEqualTo(KINDS.get(slot));
        for (int secret = 0; secret < 3; secret++) {
          if (secret == slot) {
            assertThat(parsed.open(secrets.get(secret))).hasValue(held);
          } else {
            assertThat(parsed.open(secrets.get(secret))).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void a_slot_tells_without_a_key_how_many_data_keys_it_holds_and_for_whom_it_is() {
    FullKeys held = keys;
    for (int count = 1; count <= 4; count++) {
      for (KeySet set : List.of(held, held.writer())) {
        assertThat(slots(set)).extracting(KeySlot::dataKeys).containsOnly(count);
      }
      held = held.withNewDataKey(random);
    }
    KeySlot slot = slots(keys).get(2);
    assertThat(slot.isFor(recipient.publicKey())).isTrue();
    assertThat(slot.isFor(RecipientPrivateKey.generate(random).publicKey())).isFalse();
    assertThat(slots(keys).get(1).isFor(recipient.publicKey())).isFalse();
  }

  @Test
  void key_sets_of_one_repository_know_each_other_after_a_rotation() {
    FullKeys rotated = keys.withNewDataKey(random);
    assertThat(rotated.isOfSameRepository(keys)).isTrue();
    assertThat(rotated.writer().isOfSameRepository(keys)).isTrue();
    assertThat(FullKeys.generate(random).isOfSameRepository(keys)).isFalse();
  }

  @Test
  void a_wrong_secret_of_the_right_kind_opens_nothing() {
    List<KeySlot> slots = slots(keys);
    assertThat(slots.get(0).open(Passphrase.of("correct Horse".toCharArray()))).isEmpty();
    assertThat(slots.get(1).open(KeyFile.generate(random))).isEmpty();
    assertThat(slots.get(2).open(RecipientPrivateKey.generate(random))).isEmpty();
  }

  @Test
  void what_a_slot_says_of_itself_is_read_as_it_was_written() {
    for (KeySlot slot : slots(keys.writer())) {
      KeySlot parsed = KeySlot.parse(NAME, slot.encode());
      assertThat(parsed.encode()).isEqualTo(slot.encode());
      assertThat(parsed.id()).isEqualTo(slot.id());
      assertThat(parsed.objectName()).isEqualTo("keys/" + slot.id());
      assertThat(parsed.repository()).isEqualTo(repository);
      assertThat(parsed.holds()).isEqualTo(KeySetKind.WRITER);
      assertThat(parsed.label()).isEqualTo("Büro ☂");
      assertThat(parsed.created()).isEqualTo(Instant.parse("2026-11-20T14:00:01Z"));
    }
  }

  @Test
  void a_slot_with_any_bit_changed_or_of_any_other_length_is_damaged() {
    for (KeySlot slot : slots(keys)) {
      Broken.assertAllThrow(
          DamagedException.class, slot.encode(), bytes -> KeySlot.parse(NAME, bytes));
    }
  }

  @Test
  void a_forged_slot_with_a_right_checksum_is_damaged_or_too_new_or_opens_with_nothing() {
    KeySlot slot = slots(keys).get(1);
    byte[] bytes = withoutChecksum(slot);
    int code = bytes.length - 32;
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] forged = summed(Broken.flip(bytes, bit));
      try {
        KeySlot parsed = KeySlot.parse(NAME, forged);
        assertThat(parsed.isAuthentic(keys)).as("bit %d", bit).isFalse();
        assertThat(parsed.open(keyFile)).as("bit %d", bit).isEmpty();
        assertThat(bit / 8).as("only a wrong code is found after unwrapping").isLessThan(code);
      } catch (DamagedException | TooNewException expected) {
        assertThat(expected).hasMessageContaining("keys/");
      }
    }
  }

  @Test
  void a_recipients_slot_with_another_envelope_opens_with_nothing() {
    KeySlot slot = slots(keys).get(2);
    byte[] bytes = withoutChecksum(slot);
    int envelope = 4 + 1 + 2 + 32 + 8 + 1 + "Büro ☂".getBytes(UTF_8).length;
    for (int bit = 8 * envelope; bit < 8 * (envelope + Envelope.LENGTH + 32); bit += 41) {
      KeySlot forged = KeySlot.parse(NAME, summed(Broken.flip(bytes, bit)));
      assertThat(forged.open(recipient)).as("bit %d", bit).isEmpty();
    }
    byte[] zero = bytes.clone();
    Arrays.fill(zero, envelope + 8, envelope + 40, (byte) 0);
    assertThat(KeySlot.parse(NAME, summed(zero)).open(recipient)).isEmpty();
  }

  @Test
  void every_holder_of_keys_can_check_the_slots_he_cannot_open() {
    KeySet stranger = FullKeys.generate(random);
    for (KeySlot slot : slots(keys)) {
      assertThat(slot.isAuthentic(keys.writer())).isTrue();
      assertThat(slot.isAuthentic(stranger)).isFalse();
    }
  }

  @Test
  void a_later_version_is_too_new_and_not_damaged() {
    byte[] bytes = withoutChecksum(slots(keys).get(0));
    bytes[4] = 2;
    assertThatThrownBy(() -> KeySlot.parse(NAME, summed(bytes)))
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining(NAME);
    bytes[4] = 0;
    assertDamaged(summed(bytes));
  }

  @Test
  void a_slot_that_asks_for_more_memory_than_the_limit_is_damaged() {
    byte[] bytes = withoutChecksum(slots(keys).get(0));
    int memory = 4 + 1 + 2 + 32 + 8 + 1 + "Büro ☂".getBytes(UTF_8).length;
    bytes[memory] = 0x40;
    assertDamaged(summed(bytes));
  }

  @Test
  void an_impossible_time_is_damage() {
    byte[] bytes = withoutChecksum(slots(keys).get(0));
    bytes[4 + 1 + 2 + 32] = (byte) 0x80;
    assertDamaged(summed(bytes));
    bytes[4 + 1 + 2 + 32] = 1;
    assertDamaged(summed(bytes));
  }

  @Test
  void two_slots_for_one_secret_have_nothing_in_common() {
    KeySlot one = slots(keys).get(1);
    KeySlot other = slots(keys).get(1);
    assertThat(one.id()).isNotEqualTo(other.id());
    assertThat(one.encode()).isNotEqualTo(other.encode());
  }

  @Test
  void labels_have_an_end_and_are_text() {
    assertThatThrownBy(() -> slot(keys, "x".repeat(256))).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> slot(keys, "☂".repeat(86))).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> slot(keys, "\ud800")).isInstanceOf(UsageException.class);
    KeySlot longest = slot(keys, "☂".repeat(85)).lock(keyFile, random);
    assertThat(KeySlot.parse(NAME, longest.encode()).label()).isEqualTo("☂".repeat(85));
    assertThat(slot(keys, "").lock(keyFile, random).label()).isEmpty();
  }

  private NewSlot slot(KeySet held, String label) {
    return new NewSlot(repository, held, label, Instant.parse("2026-11-20T14:00:01.5Z"));
  }

  private List<KeySlot> slots(KeySet held) {
    NewSlot slot = slot(held, "Büro ☂");
    return List.of(
        slot.lock(passphrase, CHEAP, random),
        slot.lock(keyFile, random),
        slot.lock(recipient.publicKey(), random));
  }

  private static byte[] withoutChecksum(KeySlot slot) {
    byte[] bytes = slot.encode();
    return Arrays.copyOf(bytes, bytes.length - 32);
  }

  private static byte[] summed(byte[] bytes) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + 32);
    System.arraycopy(Sha256.of(bytes, bytes.length), 0, all, bytes.length, 32);
    return all;
  }

  private static void assertDamaged(byte[] bytes) {
    assertThatThrownBy(() -> KeySlot.parse(NAME, bytes))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(NAME);
  }
}
