package org.mailkeep.repository.index;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.index.CondemnedPacks.Condemned;

/** In this package, for the lists are sealed before anybody else sees them. */
class CondemnedFuzzTest {

  private static final ObjectId ID = new ObjectId(1, 2, 3, 4);

  static Stream<byte[]> lists() {
    List<ObjectId> packs = List.of(ID, new ObjectId(5, 6, 7, 8));
    return Stream.of(
            new Condemned(ID, Instant.parse("2026-11-20T14:00:00.5Z"), Duration.ofDays(1), packs),
            new Condemned(ID, Instant.MIN, Duration.ZERO, List.of()))
        .map(CondemnedPacks::encode);
  }

  @MethodSource("lists")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_list_whose_end_is_a_time_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, CondemnedFuzzTest::decode, CondemnedPacks::encode);
  }

  private static Condemned decode(byte[] bytes) {
    Condemned list = CondemnedPacks.decode(ID, bytes);
    if (list.end().isBefore(list.time())) {
      throw new AssertionError("its packs may go before it was written: " + list);
    }
    return list;
  }
}
