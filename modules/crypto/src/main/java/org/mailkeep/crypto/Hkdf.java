package org.mailkeep.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF-SHA-256 (RFC 5869), extract and then expand. The JDK's own {@code javax.crypto.KDF} gives
 * the same bytes (a test compares them) but loads some 15 ms of classes in a fresh JVM.
 */
final class Hkdf {

  /** No salt, which RFC 5869 defines as 32 zero bytes. */
  static final byte[] NO_SALT = new byte[HmacSha256.LENGTH];

  private Hkdf() {}

  /**
   * @param secret the input keying material
   * @param salt at least one byte, or {@link #NO_SALT}
   * @param info what the result is for
   * @param length of the result in bytes, up to 8,160
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    if (length < 0 || length > 255 * HmacSha256.LENGTH) {
      throw new IllegalArgumentException("HKDF gives no " + length + " bytes");
    }
    Mac expand = HmacSha256.start(HmacSha256.of(salt, secret));
    byte[] out = new byte[length];
    byte[] block = {};
    for (int done = 0, counter = 1; done < length; done += block.length, counter++) {
      expand.update(block);
      expand.update(info);
      expand.update((byte) counter);
      block = expand.doFinal();
      System.arraycopy(block, 0, out, done, Math.min(block.length, length - done));
    }
    return out;
  }

  /** The info text of a use: "mailkeep 1 " and the use's name. */
  static byte[] info(String use) {
    return ("mailkeep 1 " + use).getBytes(StandardCharsets.US_ASCII);
  }

  /** As {@link #derive}, 32 bytes as a key for AES-256. */
  static SecretKey aesKey(byte[] secret, byte[] salt, byte[] info) {
    byte[] key = derive(secret, salt, info, 32);
    SecretKey made = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    return made;
  }
}
