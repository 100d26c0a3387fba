package org.mailkeep.testkit.property;

import java.util.SplittableRandom;

/** Runs a property over many seeds, small sizes first. */
public final class Property {

  /** The system property that repeats one failed case, or asks for new seeds with "random". */
  public static final String SEED = "mailkeep.seed";

  private static final long USUAL_BASE = 0x6d61696c6b656570L;
  private static final int LARGEST_SIZE = 1000;

  private Property() {}

  /** What must hold for whatever is drawn. */
  @FunctionalInterface
  public interface Case {
    /** Draws its input and asserts. */
    void run(Draw draw) throws Exception;
  }

  /** Checks the property over {@code cases} seeds; the error of a failed one names its seed. */
  public static void check(int cases, Case property) {
    String wanted = System.getProperty(SEED, "");
    if (!wanted.isEmpty() && !wanted.equals("random")) {
      Seed seed = Seed.parse(wanted);
      run(seed, "The wanted case", property);
      return;
    }
    SplittableRandom seeds =
        wanted.isEmpty() ? new SplittableRandom(USUAL_BASE) : new SplittableRandom();
    for (int i = 0; i < cases; i++) {
      // Quadratic growth: half of all cases stay below a quarter of the largest size.
      double share = cases == 1 ? 0.5 : (double) i / (cases - 1);
      Seed seed = new Seed(seeds.nextLong(), (int) (share * share * LARGEST_SIZE));
      run(seed, "Case " + (i + 1) + " of " + cases, property);
    }
  }

  // The errors of assertions and of the code under test alike must come with their seed.
  @SuppressWarnings("CatchingUnchecked")
  private static void run(Seed seed, String which, Case property) {
    try {
      property.run(new Draw(seed.value(), seed.size()));
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(
          which + " failed; repeat it with -D" + SEED + "=" + seed + "\n" + e, e);
    }
  }

  private record Seed(long value, int size) {

    static Seed parse(String text) {
      int dash = text.indexOf('-');
      return new Seed(
          Long.parseUnsignedLong(text.substring(0, dash), 16),
          Integer.parseInt(text.substring(dash + 1)));
    }

    @Override
    public String toString() {
      return Long.toHexString(value) + "-" + size;
    }
  }
}
