package org.mailkeep.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The SHA-256 at the end of an object, which a fuzzer could never guess. */
final class Checksum {

  private static final int LENGTH = 32;

  private Checksum() {}

  static byte[] remove(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - LENGTH);
  }

  static byte[] append(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      byte[] both = Arrays.copyOf(bytes, bytes.length + LENGTH);
      System.arraycopy(sum, 0, both, bytes.length, LENGTH);
      return both;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
