package org.mailkeep.fuzz;

import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mailkeep.testkit.property.Draw;

/** Valid values that the fuzzer begins with. */
final class Seeds {

  private static final int COUNT = 24;
  private static final int LARGEST = 40;

  private Seeds() {}

  /** Different ones, the same in every run. */
  static <T> Stream<T> of(Function<Draw, T> value) {
    return LongStream.range(0, COUNT).mapToObj(seed -> value.apply(new Draw(seed, LARGEST)));
  }
}
