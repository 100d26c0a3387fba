package org.mailkeep.crypto;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import org.mailkeep.model.ObjectId;

/**
 * Seals the blocks of one object with AES-256-GCM. A sealed block is the ciphertext, as long as the
 * plaintext, and a tag of 16 bytes. The nonce is four zero bytes and the block's number, eight
 * bytes big-endian; under one key a nonce may be used once only, so numbers must rise.
 *
 * <p>The additional data is not stored: whoever opens the block must name the same bytes, so it
 * should hold what the block's place says about it.
 *
 * <p>For one thread at a time.
 */
public final class BlockSealer {

  /** By how many bytes a sealed block is longer than its plaintext. */
  public static final int OVERHEAD = AesGcm.TAG;

  private final ObjectId id;
  private final AesGcm cipher;
  private long last = -1;

  BlockSealer(ObjectId id, SecretKey key) {
    this.id = id;
    this.cipher = new AesGcm(AesGcm.newCipher(), key);
  }

  /** The id of the object whose blocks these are. */
  public ObjectId id() {
    return id;
  }

  /**
   * Seals one block.
   *
   * @param number at least 0 and higher than every number before
   */
  public byte[] seal(long number, byte[] additionalData, byte[] plaintext) {
    byte[] sealed = new byte[Math.addExact(plaintext.length, OVERHEAD)];
    int _ = seal(number, additionalData, plaintext, 0, plaintext.length, sealed, 0);
    return sealed;
  }

  /**
   * Seals {@code in[offset..offset+count)} into {@code out} from {@code outOffset} on, where {@code
   * count + OVERHEAD} bytes must fit; {@code out} may be {@code in} and the offsets the same.
   *
   * @return the length of the sealed block
   */
  public int seal(
      long number,
      byte[] additionalData,
      byte[] in,
      int offset,
      int count,
      byte[] out,
      int outOffset) {
    use(number);
    return cipher.seal(number, additionalData, in, offset, count, out, outOffset);
  }

  /**
   * Seals what remains of {@code in} into {@code out}, and moves both positions.
   *
   * @return the length of the sealed block
   */
  public int seal(long number, byte[] additionalData, ByteBuffer in, ByteBuffer out) {
    use(number);
    return cipher.seal(number, additionalData, in, out);
  }

  private void use(long number) {
    if (number <= last) {
      throw new IllegalArgumentException(
          "block number " + number + " does not follow " + last + ": no nonce is used twice");
    }
    last = number;
  }
}
