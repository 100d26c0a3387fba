package org.mailkeep.benchmarks.workload;

import java.util.SplittableRandom;

/** Independent random streams, each found again from what it is for. */
final class Seeds {

  private Seeds() {}

  /** The stream of one numbered thing among many of a kind. */
  static SplittableRandom stream(String kind, long number) {
    return new SplittableRandom(mix(kind.hashCode() * 0x9E3779B97F4A7C15L + number));
  }

  /** A value around the median; sigma 1 makes one in six more than 2.7 times as large. */
  static int logNormal(SplittableRandom random, double median, double sigma, int least, int most) {
    double value = median * Math.exp(sigma * random.nextGaussian());
    return (int) Math.clamp(value, least, most);
  }

  static boolean chance(SplittableRandom random, double probability) {
    return random.nextDouble() < probability;
  }

  /** The finalizer of SplitMix64: neighbouring numbers get unrelated streams. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
