package org.mailkeep.repository.snapshot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.snapshot.SnapshotMarks.Mark;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;

/** In this package, for marks are sealed before anybody else sees them. */
class MarkFuzzTest {

  private static final ObjectId ID = new ObjectId(1, 2, 3, 4);

  static Stream<byte[]> marks() {
    return Stream.of(Meaning.values())
        .flatMap(
            meaning ->
                Stream.of(Instant.parse("2026-11-20T14:00:00.5Z"), Instant.MIN, Instant.MAX)
                    .map(time -> new Mark(ID, new ObjectId(5, 6, 7, 8), meaning, time)))
        .map(SnapshotMarks::encode);
  }

  @MethodSource("marks")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_mark_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, b -> SnapshotMarks.decode(ID, b), SnapshotMarks::encode);
  }
}
