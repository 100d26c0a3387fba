package org.mailkeep.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** One case's random input. For one thread. */
public final class Draw {

  private final SplittableRandom random;
  private final int size;

  /**
   * @param size how large drawn things may become, in their own unit
   */
  public Draw(long seed, int size) {
    this.random = new SplittableRandom(seed);
    this.size = size;
  }

  /** The generator below, for what is not here. */
  public SplittableRandom random() {
    return random;
  }

  /** Yes or no. */
  public boolean flip() {
    return random.nextBoolean();
  }

  /** A number from {@code least} to {@code most}, both included, all equally likely. */
  public int between(int least, int most) {
    return (int) between((long) least, (long) most);
  }

  /** A number from {@code least} to {@code most}, both included, all equally likely. */
  public long between(long least, long most) {
    return most == Long.MAX_VALUE && least == Long.MIN_VALUE
        ? random.nextLong()
        : least + random.nextLong(0, most - least + 1);
  }

  /** A length from 0 to this case's size, mostly small. */
  public int length() {
    return length(size);
  }

  /** A length from 0 to {@code most}, mostly small: each power of two is as likely as the next. */
  public int length(int most) {
    int bits = random.nextInt(33 - Integer.numberOfLeadingZeros(most));
    return Math.min(most, random.nextInt(1 << Math.min(bits, 30)));
  }

  /** Bytes of any {@link #length()}: noise, one repeated byte, or few different ones. */
  public byte[] bytes() {
    return bytes(length());
  }

  /** That many bytes: noise, one repeated byte, or few different ones. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    int kinds = pick(256, 256, 1, 3);
    byte first = (byte) random.nextInt(256);
    for (int i = 0; i < length && kinds < 256; i++) {
      bytes[i] = (byte) (first + (bytes[i] & 0xff) % kinds);
    }
    return bytes;
  }

  /** One of these. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }

  /** One of these. */
  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** A list of any {@link #length()}, each element drawn anew. */
  public <T> List<T> list(Function<Draw, T> element) {
    List<T> list = new ArrayList<>();
    for (int left = length(); left > 0; left--) {
      list.add(element.apply(this));
    }
    return list;
  }
}
