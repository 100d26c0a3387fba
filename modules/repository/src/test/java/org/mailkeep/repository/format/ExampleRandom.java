package org.mailkeep.repository.format;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The random bytes of the worked example: SHA-256 of the four bytes 00000000, then of 00000001, and
 * so on, joined.
 */
final class ExampleRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  private int blocks;
  private byte[] rest = {};

  @Override
  public void nextBytes(byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      if (rest.length == 0) {
        rest = sha256(ByteBuffer.allocate(4).putInt(blocks++).array());
      }
      int count = Math.min(rest.length, bytes.length - done);
      System.arraycopy(rest, 0, bytes, done, count);
      rest = Arrays.copyOfRange(rest, count, rest.length);
      done += count;
    }
  }

  /** The next eight bytes, big-endian; the JDK's way adds two signed halves. */
  @Override
  public long nextLong() {
    byte[] bytes = new byte[Long.BYTES];
    nextBytes(bytes);
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
