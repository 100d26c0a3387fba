package org.mailkeep.crypto;

/**
 * SipHash-2-4 with 64 bits, as in Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012):
 * for many short inputs, where a cryptographic hash would take most of the time and nobody who
 * chooses the inputs may know how to make two that are alike. Not for use by two threads.
 */
public final class SipHash {

  private final long key0;
  private final long key1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long words;

  /** Hashes under this secret key. */
  public SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
    begin();
  }

  private void begin() {
    v0 = key0 ^ 0x736f6d6570736575L;
    v1 = key1 ^ 0x646f72616e646f6dL;
    v2 = key0 ^ 0x6c7967656e657261L;
    v3 = key1 ^ 0x7465646279746573L;
    words = 0;
  }

  /** Adds eight bytes, which stand in the number from its low end to its high end. */
  public SipHash add(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
    words++;
    return this;
  }

  /**
   * Adds {@code bytes[0..length)}, then their number, and zeros up to a multiple of eight bytes.
   */
  public SipHash add(byte[] bytes, int length) {
    int whole = length & ~7;
    for (int i = 0; i < whole; i += 8) {
      add(word(bytes, i, 8));
    }
    return add(word(bytes, whole, length - whole) | (long) length << 56);
  }

  private static long word(byte[] bytes, int from, int count) {
    long word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = word << 8 | (bytes[from + i] & 0xff);
    }
    return word;
  }

  /** The hash of all that was added since the last one. */
  public long finish() {
    long last = (words & 31) << 59;
    v3 ^= last;
    round();
    round();
    v0 ^= last;
    v2 ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round();
    }
    long hash = v0 ^ v1 ^ v2 ^ v3;
    begin();
    return hash;
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
