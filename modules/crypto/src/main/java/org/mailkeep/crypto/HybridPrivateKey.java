package org.mailkeep.crypto;

import java.security.SecureRandom;
import java.util.Optional;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The private half: an X25519 private key (32 bytes) and the seed d || z of an ML-KEM-768 key (64
 * bytes, FIPS 203), stored in this order. The public half is computed from it, so the two cannot
 * disagree. Immutable.
 */
final class HybridPrivateKey {

  /** The length of a key in bytes. */
  static final int LENGTH = Curve25519.LENGTH + MlKem768.SEED;

  private final byte[] x25519;
  private final byte[] seed;
  private final MlKem768 mlKem;
  private final HybridPublicKey publicKey;

  private HybridPrivateKey(byte[] x25519, byte[] seed) {
    this.x25519 = x25519;
    this.seed = seed;
    this.mlKem = new MlKem768(seed);
    this.publicKey = HybridPublicKey.of(Curve25519.publicKey(x25519), mlKem.publicKey());
  }

  static HybridPrivateKey generate(SecureRandom random) {
    byte[] x25519 = new byte[Curve25519.LENGTH];
    byte[] seed = new byte[MlKem768.SEED];
    random.nextBytes(x25519);
    random.nextBytes(seed);
    return new HybridPrivateKey(x25519, seed);
  }

  /** Reads what {@link #write} wrote. */
  static HybridPrivateKey read(ByteReader in) {
    return new HybridPrivateKey(in.raw(Curve25519.LENGTH), in.raw(MlKem768.SEED));
  }

  /** Writes the 96 bytes. */
  void write(ByteWriter out) {
    out.raw(x25519).raw(seed);
  }

  HybridPublicKey publicKey() {
    return publicKey;
  }

  /** The X25519 secret shared with an ephemeral public key; empty if that is of low order. */
  Optional<byte[]> agree(byte[] ephemeral) {
    return Curve25519.agree(x25519, ephemeral);
  }

  byte[] decapsulate(byte[] ciphertext) {
    return mlKem.decapsulate(ciphertext);
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
