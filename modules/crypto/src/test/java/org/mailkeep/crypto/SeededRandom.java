package org.mailkeep.crypto;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Random numbers that come again with the same seed. */
final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  private final transient SplittableRandom random;

  SeededRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  /** That many bytes. */
  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    nextBytes(bytes);
    return bytes;
  }
}
