package org.mailkeep.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;

/** The same key agreements by the JDK alone, to check this module against. */
final class JdkKeys {

  private JdkKeys() {}

  /** The key pair of a seed: the JDK draws d and z from the random numbers it is given. */
  static KeyPair mlKem(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM");
    generator.initialize(NamedParameterSpec.ML_KEM_768, new Replay(seed));
    return generator.generateKeyPair();
  }

  /** The encapsulation key, which stands at the end of its X.509 form. */
  static byte[] mlKemPublicBytes(byte[] seed) throws GeneralSecurityException {
    byte[] x509 = mlKem(seed).getPublic().getEncoded();
    return Arrays.copyOfRange(x509, x509.length - 1184, x509.length);
  }

  static byte[] decapsulate(byte[] seed, byte[] ciphertext) throws GeneralSecurityException {
    return KEM.getInstance("ML-KEM-768")
        .newDecapsulator(mlKem(seed).getPrivate())
        .decapsulate(ciphertext)
        .getEncoded();
  }

  static byte[] x25519(byte[] privateKey, byte[] publicKey) throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance("X25519");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = publicKey[31 - i];
    }
    bigEndian[0] &= 0x7f;
    BigInteger u = new BigInteger(1, bigEndian);
    agreement.doPhase(
        keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)), true);
    return agreement.generateSecret();
  }

  /** Gives the bytes of an array, once. */
  private static final class Replay extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final transient byte[] bytes;
    private int given;

    Replay(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] out) {
      System.arraycopy(bytes, given, out, 0, out.length);
      given += out.length;
    }
  }
}
