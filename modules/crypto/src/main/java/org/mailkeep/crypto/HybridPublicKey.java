package org.mailkeep.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * To whom a secret can be sealed: an X25519 public key (32 bytes) and an ML-KEM-768 encapsulation
 * key (1,184 bytes), stored in this order. Its id is the first eight bytes of SHA-256 over these
 * 1,216 bytes. Immutable.
 */
final class HybridPublicKey {

  /** The length of a key in bytes. */
  static final int LENGTH = Curve25519.LENGTH + MlKem768.PUBLIC_KEY;

  private final byte[] bytes;
  private final DataKeyId id;

  private HybridPublicKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = new DataKeyId(ByteBuffer.wrap(Sha256.of(bytes, bytes.length)).getLong());
  }

  /** The key of its two halves, which must be valid. */
  static HybridPublicKey of(byte[] x25519, byte[] mlKem) {
    return new HybridPublicKey(new ByteWriter(LENGTH).raw(x25519).raw(mlKem).toByteArray());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedException if it is cut short or no ML-KEM-768 key
   */
  static HybridPublicKey read(ByteReader in) {
    HybridPublicKey key = new HybridPublicKey(in.raw(LENGTH));
    if (!MlKem768.isPublicKey(key.mlKem())) {
      throw new MalformedException("a public key is none of ML-KEM-768");
    }
    return key;
  }

  /** Writes the 1,216 bytes. */
  void write(ByteWriter out) {
    out.raw(bytes);
  }

  DataKeyId id() {
    return id;
  }

  byte[] x25519() {
    return Arrays.copyOf(bytes, Curve25519.LENGTH);
  }

  byte[] mlKem() {
    return Arrays.copyOfRange(bytes, Curve25519.LENGTH, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HybridPublicKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "public key " + id;
  }
}
