package org.mailkeep.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 (FIPS 180-4) of the JDK. */
final class Sha256 {

  /** The length of a hash in bytes. */
  static final int LENGTH = 32;

  private Sha256() {}

  /** The hash of {@code bytes[0..count)}. */
  static byte[] of(byte[] bytes, int count) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, count);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** The first {@code length} bytes of the hash of all of {@code bytes}. */
  static byte[] prefix(byte[] bytes, int length) {
    return Arrays.copyOf(of(bytes, bytes.length), length);
  }
}
