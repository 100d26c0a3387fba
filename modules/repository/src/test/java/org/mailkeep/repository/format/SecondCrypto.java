package org.mailkeep.repository.format;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The cryptography of {@code repo-format.md}, sections 4 and 5, with nothing but the JDK. */
final class SecondCrypto {

  private static final byte[] NO_SALT = new byte[32];
  private static final byte[] FIRST_NONCE = new byte[12];

  private SecondCrypto() {}

  static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException("expected " + what);
    }
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  static byte[] hmac(byte[] key, byte[] bytes) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(bytes);
  }

  /** 32 bytes of HKDF-SHA-256 whose info is the text and then the context. */
  static byte[] hkdf(byte[] secret, byte[] salt, String text, byte[] context)
      throws GeneralSecurityException {
    byte[] info = join(text.getBytes(StandardCharsets.US_ASCII), context);
    HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt);
    return KDF.getInstance("HKDF-SHA256").deriveData(extract.thenExpand(info, 32));
  }

  static byte[] hkdf(byte[] secret, String text) throws GeneralSecurityException {
    return hkdf(secret, NO_SALT, text, new byte[0]);
  }

  static byte[] open(byte[] key, long number, byte[] additional, byte[] sealed)
      throws GeneralSecurityException {
    byte[] nonce = FIRST_NONCE.clone();
    for (int i = 0; i < 8; i++) {
      nonce[11 - i] = (byte) (number >>> (8 * i));
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(additional);
    return cipher.doFinal(sealed);
  }

  /** The secret of a session, from a data key's 96 private bytes, the seal key and an envelope. */
  static byte[] sessionSecret(byte[] dataKey, byte[] sealKey, byte[] envelope)
      throws GeneralSecurityException {
    byte[] x25519 = Arrays.copyOf(dataKey, 32);
    byte[] basePoint = new byte[32];
    basePoint[0] = 9;
    byte[] x25519Public = x25519(x25519, basePoint);
    MlKem mlKem = new MlKem(Arrays.copyOfRange(dataKey, 32, 96));
    byte[] id = Arrays.copyOf(sha256(join(x25519Public, mlKem.publicBytes())), 8);
    byte[] ephemeral = Arrays.copyOfRange(envelope, 8, 40);
    byte[] ciphertext = Arrays.copyOfRange(envelope, 40, 1128);
    if (!Arrays.equals(id, Arrays.copyOf(envelope, 8))) {
      throw new GeneralSecurityException("sealed to another data key");
    }
    byte[] input = join(mlKem.decapsulate(ciphertext), x25519(x25519, ephemeral), sealKey);
    byte[] context = join(ciphertext, ephemeral, x25519Public, id);
    return hkdf(input, NO_SALT, "mailkeep 1 kem", context);
  }

  private static byte[] x25519(byte[] privateKey, byte[] publicKey)
      throws GeneralSecurityException {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = publicKey[31 - i];
    }
    bigEndian[0] &= 0x7f;
    KeyFactory keys = KeyFactory.getInstance("X25519");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
    BigInteger u = new BigInteger(1, bigEndian);
    agreement.doPhase(
        keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)), true);
    return agreement.generateSecret();
  }

  /** ML-KEM-768 of a seed d || z: the JDK draws both from the random numbers it is given. */
  private static final class MlKem {

    private final PublicKey publicKey;
    private final PrivateKey privateKey;

    MlKem(byte[] seed) throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM");
      generator.initialize(NamedParameterSpec.ML_KEM_768, new Replay(seed));
      var pair = generator.generateKeyPair();
      publicKey = pair.getPublic();
      privateKey = pair.getPrivate();
    }

    /** The encapsulation key, which stands at the end of its X.509 form. */
    byte[] publicBytes() {
      byte[] x509 = publicKey.getEncoded();
      return Arrays.copyOfRange(x509, x509.length - 1184, x509.length);
    }

    byte[] decapsulate(byte[] ciphertext) throws GeneralSecurityException {
      return KEM.getInstance("ML-KEM-768")
          .newDecapsulator(privateKey)
          .decapsulate(ciphertext)
          .getEncoded();
    }
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
