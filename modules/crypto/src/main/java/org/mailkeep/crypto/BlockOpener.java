package org.mailkeep.crypto;

import java.nio.ByteBuffer;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Opens the blocks of one object that a {@link BlockSealer} sealed, in any order. A block opens
 * only under its own object's id and kind, its own number and its own additional data; all else,
 * and any change to it, is a {@link SealBrokenException}, and then no plaintext is left in the
 * output.
 *
 * <p>Immutable, so any number of threads may share it; each thread keeps one cipher object, which
 * serves all openers in turn.
 */
public final class BlockOpener {

  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(AesGcm::newCipher);

  private final SecretKey key;

  BlockOpener(SecretKey key) {
    this.key = key;
  }

  /**
   * Opens one block.
   *
   * @throws SealBrokenException if these are not the bytes that were sealed with that number and
   *     additional data
   */
  public byte[] open(long number, byte[] additionalData, byte[] sealed) {
    byte[] plaintext = new byte[Math.max(0, sealed.length - AesGcm.TAG)];
    int _ = open(number, additionalData, sealed, 0, sealed.length, plaintext, 0);
    return plaintext;
  }

  /**
   * Opens {@code in[offset..offset+count)} into {@code out} from {@code outOffset} on, where {@code
   * count - OVERHEAD} bytes must fit; {@code out} may be {@code in} and the offsets the same.
   *
   * @return the length of the plaintext
   * @throws SealBrokenException if these are not the bytes that were sealed with that number and
   *     additional data
   */
  public int open(
      long number,
      byte[] additionalData,
      byte[] in,
      int offset,
      int count,
      byte[] out,
      int outOffset) {
    return cipher().open(number, additionalData, in, offset, count, out, outOffset);
  }

  /**
   * Opens what remains of {@code in} into {@code out}, and moves both positions.
   *
   * @return the length of the plaintext
   * @throws SealBrokenException if these are not the bytes that were sealed with that number and
   *     additional data
   */
  public int open(long number, byte[] additionalData, ByteBuffer in, ByteBuffer out) {
    return cipher().open(number, additionalData, in, out);
  }

  private AesGcm cipher() {
    return new AesGcm(CIPHER.get(), key);
  }
}
