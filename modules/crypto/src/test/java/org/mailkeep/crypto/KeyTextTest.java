package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

final class KeyTextTest {

  private final KeyFile file = KeyFile.generate(new SeededRandom(8));

  @ParameterizedTest
  @CsvSource({
    "f, my",
    "fo, mzxq",
    "foo, mzxw6",
    "foob, mzxw6yq",
    "fooba, mzxw6ytb",
    "foobar, mzxw6ytboi"
  })
  void base_32_is_that_of_rfc_4648_section_10(String plain, String encoded) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.encode(bytes)).isEqualTo(encoded);
    assertThat(Base32.decode(encoded)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"a", "mz", "mzx", "mzxw6y", "m1", "mzxw6yq=", "mzxr", "m y"})
  void what_base_32_never_writes_is_malformed(String text) {
    assertThatThrownBy(() -> Base32.decode(text)).isInstanceOf(MalformedException.class);
  }

  @SeededTest
  void keys_are_read_as_they_were_written(long seed) {
    SeededRandom random = new SeededRandom(seed);
    KeyFile key = KeyFile.generate(random);
    assertThat(key.text()).matches("mailkeep-key-1-[a-z2-7]{58}\n");
    assertThat(KeyFile.parse(key.text())).isEqualTo(key);
    RecipientPrivateKey recipient = RecipientPrivateKey.generate(random);
    assertThat(recipient.text()).matches("mailkeep-private-1-[a-z2-7]{160}\n");
    RecipientPrivateKey read = RecipientPrivateKey.parse(recipient.text());
    assertThat(read.text()).isEqualTo(recipient.text());
    assertThat(read.publicKey()).isEqualTo(recipient.publicKey());
    String handedOut = recipient.publicKey().text();
    assertThat(handedOut).matches("mailkeep-recipient-1-[a-z2-7]{1952}\n");
    assertThat(RecipientPublicKey.parse(handedOut)).isEqualTo(recipient.publicKey());
  }

  @Test
  void comments_blanks_line_ends_and_case_do_not_count() {
    String text = "# for mail7\r\n\r\n  " + file.text().strip().toUpperCase(Locale.ROOT) + " \r\n#";
    assertThat(KeyFile.parse(text)).isEqualTo(file);
    assertThat(KeyFile.parse(file.text().strip())).isEqualTo(file);
  }

  @Test
  void any_wrong_character_is_found() {
    String line = file.text().strip();
    for (int i = 0; i < line.length(); i++) {
      for (char c : new char[] {'a', '7', '-', '0', 'é'}) {
        if (line.charAt(i) != c) {
          String wrong = line.substring(0, i) + c + line.substring(i + 1);
          assertRefused(() -> KeyFile.parse(wrong));
        }
      }
    }
    for (int length = 0; length < line.length(); length++) {
      String cut = line.substring(0, length);
      assertRefused(() -> KeyFile.parse(cut));
    }
  }

  @Test
  void one_kind_of_key_is_not_taken_for_another() {
    RecipientPrivateKey recipient = RecipientPrivateKey.generate(new SeededRandom(2));
    assertRefused(() -> KeyFile.parse(recipient.text()));
    assertRefused(() -> RecipientPublicKey.parse(recipient.text()));
    assertRefused(() -> RecipientPrivateKey.parse(recipient.publicKey().text()));
    assertRefused(() -> KeyFile.parse(file.text() + file.text()));
    assertRefused(() -> KeyFile.parse("# nothing\n"));
    assertRefused(() -> KeyFile.parse(file.text().replace("-1-", "-2-")));
  }

  @Test
  void a_public_key_that_is_none_is_refused() {
    byte[] ones = new byte[HybridPublicKey.LENGTH];
    Arrays.fill(ones, (byte) 0xff);
    assertRefused(() -> RecipientPublicKey.parse(KeyText.RECIPIENT_PUBLIC.encode(ones)));
  }

  @Test
  void secrets_are_never_shown() {
    RecipientPrivateKey recipient = RecipientPrivateKey.generate(new SeededRandom(2));
    assertThat(file).hasToString("a key file");
    assertThat(recipient).hasToString("private key of recipient " + recipient.publicKey().id());
  }

  private void assertRefused(ThrowingCallable parse) {
    assertThatThrownBy(parse)
        .isInstanceOf(KeyException.class)
        .message()
        .doesNotContain(file.text().substring(20, 30));
  }
}
