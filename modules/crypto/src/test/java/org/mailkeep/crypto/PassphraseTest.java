package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.KeyException;

final class PassphraseTest {

  @Test
  void the_same_letters_are_the_same_passphrase_however_they_are_composed() {
    byte[] composed = "caf\u00e9".getBytes(StandardCharsets.UTF_8);
    assertThat(Passphrase.of("cafe\u0301".toCharArray()).utf8()).isEqualTo(composed);
    assertThat(Passphrase.of("caf\u00e9".toCharArray()).utf8()).isEqualTo(composed);
    byte[] decomposed = "cafe\u0301".getBytes(StandardCharsets.UTF_8);
    assertThat(Passphrase.ofUtf8(decomposed).utf8()).isEqualTo(composed);
    assertThat(Passphrase.of("𝄞 key".toCharArray()).utf8())
        .isEqualTo("𝄞 key".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void what_is_no_text_or_empty_is_refused_and_not_quoted() {
    assertThatThrownBy(() -> Passphrase.ofUtf8(new byte[] {'s', (byte) 0xe9}))
        .isInstanceOf(KeyException.class)
        .hasMessage("The passphrase is not valid UTF-8");
    assertThatThrownBy(() -> Passphrase.of(new char[] {'s', '\ud800'}))
        .isInstanceOf(KeyException.class);
    assertThatThrownBy(() -> Passphrase.of(new char[0])).isInstanceOf(KeyException.class);
    assertThatThrownBy(() -> Passphrase.ofUtf8(new byte[0])).isInstanceOf(KeyException.class);
  }

  @Test
  void a_closed_passphrase_is_wiped_and_not_used_again() {
    Passphrase passphrase = Passphrase.of("secret".toCharArray());
    byte[] held = passphrase.utf8();
    passphrase.close();
    assertThat(held).containsOnly(0);
    assertThatThrownBy(passphrase::utf8).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void it_is_never_shown() {
    assertThat(Passphrase.of("secret".toCharArray()).toString()).doesNotContain("secret");
  }
}
