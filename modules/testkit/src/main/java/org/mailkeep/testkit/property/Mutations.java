package org.mailkeep.testkit.property;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Damaged copies of encoded bytes, and what a decoder may do with them.
 *
 * <p>Every truncation and every flipped bit while there are few, else a sample with both ends; then
 * parts removed, doubled and overwritten, and bytes added at the end.
 */
public final class Mutations {

  private static final int ALL_UP_TO = 4096;
  private static final int SPLICES = 64;

  private Mutations() {}

  /** Something that reads bytes. */
  @FunctionalInterface
  public interface Decoder {
    /** Reads them; the result is of no interest. */
    Object decode(byte[] bytes) throws Exception;
  }

  /**
   * A decoder may take damaged bytes for another value or throw {@code allowed}, but nothing else.
   */
  public static void mayOnlyThrow(
      Class<? extends Exception> allowed, byte[] valid, Decoder decoder) {
    of(valid).forEach(mutation -> throwsIt(allowed, mutation, decoder));
  }

  /** A decoder must notice every damage and throw {@code expected}. */
  public static void mustThrow(Class<? extends Exception> expected, byte[] valid, Decoder decoder) {
    of(valid)
        .forEach(
            mutation -> {
              if (!throwsIt(expected, mutation, decoder)) {
                throw new AssertionError("Nothing was noticed: " + mutation.what());
              }
            });
  }

  // Whatever it throws is the answer that is being tested.
  @SuppressWarnings("CatchingUnchecked")
  private static boolean throwsIt(
      Class<? extends Exception> allowed, Mutation mutation, Decoder decoder) {
    try {
      Object _ = decoder.decode(mutation.bytes());
      return false;
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      if (allowed.isInstance(e)) {
        return true;
      }
      throw new AssertionError("Not a " + allowed.getSimpleName() + ": " + mutation.what(), e);
    }
  }

  /** All damaged copies; lazily, none equal to the original, the same ones for the same bytes. */
  public static Stream<Mutation> of(byte[] original) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(original));
    int length = original.length;
    return Stream.of(
            sample(length, random).mapToObj(end -> cutAt(original, end)),
            sample(length * 8, random).mapToObj(bit -> flipped(original, bit)),
            IntStream.range(0, length == 0 ? 0 : SPLICES).mapToObj(i -> spliced(original, random)),
            IntStream.of(1, 2, 7, 100).mapToObj(more -> extended(original, more, random)))
        .flatMap(all -> all)
        .filter(mutation -> !Arrays.equals(original, mutation.bytes()));
  }

  private static IntStream sample(int count, SplittableRandom random) {
    if (count <= ALL_UP_TO) {
      return IntStream.range(0, count);
    }
    int end = ALL_UP_TO / 4;
    return IntStream.concat(
        IntStream.concat(IntStream.range(0, end), IntStream.range(count - end, count)),
        random.ints(ALL_UP_TO - 2L * end, end, count - end));
  }

  private static Mutation cutAt(byte[] original, int end) {
    return new Mutation("cut to " + end + " bytes", Arrays.copyOf(original, end));
  }

  private static Mutation flipped(byte[] original, int bit) {
    byte[] copy = original.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return new Mutation("bit " + bit % 8 + " of byte " + bit / 8 + " flipped", copy);
  }

  /** A copy whose part from {@code to} on is what stands from {@code from} on. */
  private static Mutation spliced(byte[] original, SplittableRandom random) {
    int from = random.nextInt(original.length);
    int to = random.nextInt(original.length + 1);
    byte[] copy = Arrays.copyOf(original, to + original.length - from);
    System.arraycopy(original, from, copy, to, original.length - from);
    return new Mutation("bytes from " + from + " on put at " + to, copy);
  }

  private static Mutation extended(byte[] original, int more, SplittableRandom random) {
    byte[] copy = Arrays.copyOf(original, original.length + more);
    for (int i = original.length; i < copy.length && more > 1; i++) {
      copy[i] = (byte) random.nextInt(256);
    }
    return new Mutation(more + " bytes added", copy);
  }
}
