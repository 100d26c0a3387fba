package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.crypto.Argon2Cost;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.LockedPrivateKey;
import org.mailkeep.crypto.PaperKey;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RecipientPrivateKey;
import org.mailkeep.crypto.RecipientPublicKey;
import org.mailkeep.crypto.RepositoryId;

class KeyTextFuzzTest {

  static Stream<byte[]> texts() {
    SecureRandom random = new SecureRandom();
    RecipientPrivateKey recipient = RecipientPrivateKey.generate(random);
    Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
    return Stream.of(
            KeyFile.generate(random).text(),
            recipient.text(),
            recipient.publicKey().text(),
            LockedPrivateKey.lock(recipient, passphrase, new Argon2Cost(8, 1, 1), random).text(),
            new PaperKey(RepositoryId.generate(random), FullKeys.generate(random)).text())
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("texts")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_text_is_a_key_or_refused(byte[] bytes) {
    Decoding.roundTrips(bytes, b -> KeyFile.parse(text(b)), key -> bytes(key.text()));
    Decoding.roundTrips(bytes, b -> RecipientPublicKey.parse(text(b)), key -> bytes(key.text()));
    Decoding.sameText(bytes, b -> RecipientPrivateKey.parse(text(b)).text());
    Decoding.sameText(bytes, b -> LockedPrivateKey.parse(text(b)).text());
    Decoding.roundTrips(bytes, b -> PaperKey.parse(text(b)), key -> bytes(key.text()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
