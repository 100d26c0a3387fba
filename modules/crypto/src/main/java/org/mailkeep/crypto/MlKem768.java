package org.mailkeep.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** ML-KEM-768 (FIPS 203). An instance is a decapsulation key, expanded from its seed. */
final class MlKem768 {

  /** The length of the seed d || z in bytes. */
  static final int SEED = 64;

  /** The length of an encapsulation key in bytes. */
  static final int PUBLIC_KEY = 1184;

  /** The length of a ciphertext in bytes. */
  static final int CIPHERTEXT = 1088;

  private final MLKEMPrivateKeyParameters key;

  /**
   * @param seed d || z, 64 bytes (FIPS 203, algorithm 16)
   */
  MlKem768(byte[] seed) {
    key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
  }

  /** The encapsulation key. */
  byte[] publicKey() {
    return key.getPublicKey();
  }

  /**
   * The shared secret of 32 bytes; for a wrong ciphertext another one that nobody can foretell
   * (implicit rejection).
   */
  byte[] decapsulate(byte[] ciphertext) {
    return new MLKEMExtractor(key).extractSecret(ciphertext);
  }

  /** Whether these bytes pass the encapsulation key check of FIPS 203, section 7.2. */
  static boolean isPublicKey(byte[] publicKey) {
    try {
      return new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, publicKey) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A fresh secret for the holder of a checked encapsulation key. */
  static Encapsulation encapsulate(byte[] publicKey, SecureRandom random) {
    return new Encapsulation(
        new MLKEMGenerator(random)
            .generateEncapsulated(
                new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, publicKey)));
  }

  /** A secret and the ciphertext that carries it. */
  static final class Encapsulation {

    private final SecretWithEncapsulation made;

    private Encapsulation(SecretWithEncapsulation made) {
      this.made = made;
    }

    byte[] secret() {
      return made.getSecret();
    }

    byte[] ciphertext() {
      return made.getEncapsulation();
    }
  }
}
