package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.crypto.Argon2Cost;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RecipientPrivateKey;
import org.mailkeep.crypto.RepositoryId;

class KeySlotFuzzTest {

  /** Slots of each kind, without the checksum that the fuzzer could never guess. */
  static Stream<byte[]> slots() {
    SecureRandom random = new SecureRandom();
    NewSlot slot =
        new NewSlot(
            RepositoryId.generate(random), FullKeys.generate(random).writer(), "", Instant.EPOCH);
    return Stream.of(
            slot.lock(KeyFile.generate(random), random),
            slot.lock(RecipientPrivateKey.generate(random).publicKey(), random),
            slot.lock(Passphrase.of("x".toCharArray()), new Argon2Cost(8, 1, 1), random))
        .map(KeySlot::encode)
        .map(Checksum::remove);
  }

  @MethodSource("slots")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_with_a_right_checksum_are_a_slot_or_damaged(byte[] unsummed) {
    byte[] bytes = Checksum.append(unsummed);
    Decoding.sameBytes(bytes, b -> KeySlot.parse("keys/fuzz", b), KeySlot::encode);
  }
}
