package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.KeyException;

final class LockedPrivateKeyTest {

  private static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);

  private final Passphrase passphrase = Passphrase.of("correct horse".toCharArray());

  @SeededTest
  void a_locked_key_opens_with_its_passphrase_alone(long seed) {
    SeededRandom random = new SeededRandom(seed);
    RecipientPrivateKey key = RecipientPrivateKey.generate(random);
    LockedPrivateKey locked = LockedPrivateKey.lock(key, passphrase, CHEAP, random);
    assertThat(locked.text()).matches("mailkeep-locked-1-[a-z2-7]{269}\n");
    LockedPrivateKey read = LockedPrivateKey.parse("# mine\n" + locked.text());
    assertThat(read.text()).isEqualTo(locked.text());
    assertThat(read.open(passphrase).orElseThrow().text()).isEqualTo(key.text());
    assertThat(read.open(Passphrase.of("correct Horse".toCharArray()))).isEmpty();
    assertThat(read.toString()).isEqualTo("locked private key of " + key.publicKey());
  }

  @Test
  void any_changed_byte_keeps_it_from_opening() {
    SeededRandom random = new SeededRandom(3);
    RecipientPrivateKey key = RecipientPrivateKey.generate(random);
    byte[] bytes =
        KeyText.RECIPIENT_LOCKED.decode(
            LockedPrivateKey.lock(key, passphrase, CHEAP, random).text());
    for (int i = 0; i < bytes.length; i++) {
      // The highest byte of a cost would ask for gigabytes; it is refused before.
      bytes[i] ^= 1;
      String text = KeyText.RECIPIENT_LOCKED.encode(bytes);
      bytes[i] ^= 1;
      if (i >= 8 && i < 20) {
        continue;
      }
      assertThat(LockedPrivateKey.parse(text).open(passphrase)).isEmpty();
    }
    bytes[12] = 127;
    String costly = KeyText.RECIPIENT_LOCKED.encode(bytes);
    assertThatThrownBy(() -> LockedPrivateKey.parse(costly)).isInstanceOf(KeyException.class);
  }

  @Test
  void it_is_told_from_a_key_that_is_not_locked() {
    SeededRandom random = new SeededRandom(4);
    RecipientPrivateKey key = RecipientPrivateKey.generate(random);
    String locked = LockedPrivateKey.lock(key, passphrase, CHEAP, random).text();
    assertThat(LockedPrivateKey.isIn("# mine\n" + locked)).isTrue();
    assertThat(LockedPrivateKey.isIn(key.text())).isFalse();
    assertThatThrownBy(() -> RecipientPrivateKey.parse(locked)).isInstanceOf(KeyException.class);
    assertThatThrownBy(() -> LockedPrivateKey.parse(key.text())).isInstanceOf(KeyException.class);
  }
}
