package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.crypto.KEM;
import org.junit.jupiter.api.Test;

/** Bouncy Castle and the JDK, two implementations of FIPS 203, against each other. */
final class MlKem768Test {

  @SeededTest
  void the_seed_is_d_and_then_z_as_in_fips_203(long seed) throws Exception {
    byte[] dz = new SeededRandom(seed).bytes(MlKem768.SEED);
    assertThat(new MlKem768(dz).publicKey()).isEqualTo(JdkKeys.mlKemPublicBytes(dz));
  }

  @SeededTest
  void the_jdk_decapsulates_what_this_class_encapsulates(long seed) throws Exception {
    SeededRandom random = new SeededRandom(seed);
    byte[] dz = random.bytes(MlKem768.SEED);
    var sent = MlKem768.encapsulate(new MlKem768(dz).publicKey(), random);
    assertThat(JdkKeys.decapsulate(dz, sent.ciphertext())).isEqualTo(sent.secret());
  }

  @SeededTest
  void this_class_decapsulates_what_the_jdk_encapsulates(long seed) throws Exception {
    byte[] dz = new SeededRandom(seed).bytes(MlKem768.SEED);
    KEM.Encapsulated sent =
        KEM.getInstance("ML-KEM-768").newEncapsulator(JdkKeys.mlKem(dz).getPublic()).encapsulate();
    assertThat(new MlKem768(dz).decapsulate(sent.encapsulation()))
        .isEqualTo(sent.key().getEncoded());
  }

  @SeededTest
  void a_changed_ciphertext_gives_another_secret(long seed) {
    SeededRandom random = new SeededRandom(seed);
    MlKem768 key = new MlKem768(random.bytes(MlKem768.SEED));
    var sent = MlKem768.encapsulate(key.publicKey(), random);
    byte[] changed = Broken.flip(sent.ciphertext(), random.nextInt(8 * MlKem768.CIPHERTEXT));
    assertThat(key.decapsulate(changed)).hasSize(32).isNotEqualTo(sent.secret());
  }

  @Test
  void numbers_beyond_the_modulus_are_no_public_key() {
    byte[] ones = new byte[MlKem768.PUBLIC_KEY];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(MlKem768.isPublicKey(ones)).isFalse();
    assertThat(MlKem768.isPublicKey(new byte[MlKem768.PUBLIC_KEY - 1])).isFalse();
  }
}
