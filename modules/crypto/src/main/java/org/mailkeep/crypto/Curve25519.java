package org.mailkeep.crypto;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * X25519 (RFC 7748). Private keys are any 32 bytes and are clamped when used, as the RFC says.
 *
 * <p>A public key is computed as the product with the base point by the general multiplication:
 * Bouncy Castle's quicker one for the base point first fills a table, which takes longer than it
 * saves in a process that makes one key.
 */
final class Curve25519 {

  /** The length of a private key, a public key and a shared secret in bytes. */
  static final int LENGTH = 32;

  private static final byte[] BASE_POINT = {
    9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private Curve25519() {}

  /** The public key of a private key. */
  static byte[] publicKey(byte[] privateKey) {
    byte[] publicKey = new byte[LENGTH];
    X25519.scalarMult(privateKey, 0, BASE_POINT, 0, publicKey, 0);
    return publicKey;
  }

  /**
   * The secret that both sides share; empty if the public key is one of the few of low order, with
   * which every secret is zero.
   */
  static Optional<byte[]> agree(byte[] privateKey, byte[] publicKey) {
    byte[] secret = new byte[LENGTH];
    return X25519.calculateAgreement(privateKey, 0, publicKey, 0, secret, 0)
        ? Optional.of(secret)
        : Optional.empty();
  }
}
