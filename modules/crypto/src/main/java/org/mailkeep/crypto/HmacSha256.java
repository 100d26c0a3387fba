package org.mailkeep.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) of the JDK. */
final class HmacSha256 {

  /** The length of a code in bytes. */
  static final int LENGTH = 32;

  private static final String NAME = "HmacSHA256";

  private HmacSha256() {}

  /** A computation under a key of at least one byte; for one thread. */
  static Mac start(byte[] key) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }

  /** The code over all parts, joined. */
  static byte[] of(byte[] key, byte[]... parts) {
    Mac mac = start(key);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }
}
