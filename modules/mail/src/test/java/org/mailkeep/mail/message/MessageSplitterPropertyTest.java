package org.mailkeep.mail.message;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For any bytes, in any pieces: the runs rebuild the input and do not depend on the pieces. */
class MessageSplitterPropertyTest {

  private static final int CASES_A_SEED = 500;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_runs_rebuild_any_input_however_it_is_fed(long seed) {
    for (long i = 0; i < CASES_A_SEED; i++) {
      SplitCases.check(seed * CASES_A_SEED + i);
    }
  }

  /**
   * {@code -Dsplit.cases=10000000 -Dsplit.first=20000}; run once after a change of the splitter.
   */
  @Test
  @Tag("slow")
  void the_runs_rebuild_millions_of_inputs() {
    long first = Long.getLong("split.first", 20_000);
    LongStream.range(first, first + Long.getLong("split.cases", 1_000_000))
        .parallel()
        .forEach(SplitCases::check);
  }
}
