package org.mailkeep.repository.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.snapshot.SnapshotMarks.Mark;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectName;

final class SnapshotMarksTest {

  private final MemoryStorage storage = new MemoryStorage();
  private final SnapshotMarks marks = new SnapshotMarks(storage, TestRepository.KEYS);

  @Test
  void marks_come_back_until_they_are_taken_back() {
    List<Mark> made = new ArrayList<>();
    for (Meaning meaning : Meaning.values()) {
      for (Instant time : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX)) {
        made.add(marks.add(new ObjectId(1, 2, 3, made.size()), meaning, time));
      }
    }
    assertThat(marks.list(SnapshotMarksTest::fail)).hasSameElementsAs(made);
    marks.remove(made.removeFirst());
    assertThat(marks.list(SnapshotMarksTest::fail)).hasSameElementsAs(made);
  }

  private static void fail(MailkeepException e) {
    throw new AssertionError(e);
  }

  @Test
  void every_changed_or_missing_byte_is_told() {
    Mark mark = marks.add(new ObjectId(1, 2, 3, 4), Meaning.PINNED, Instant.EPOCH);
    ObjectName name = ObjectNames.of(ObjectKind.MARK, mark.id());
    byte[] whole = storage.get(name);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      for (byte[] broken : List.of(flipped, Arrays.copyOf(whole, i))) {
        storage.overwrite(name, broken);
        List<MailkeepException> unusable = new ArrayList<>();
        assertThat(marks.list(unusable::add)).isEmpty();
        assertThat(unusable).hasSize(1);
      }
    }
  }
}
