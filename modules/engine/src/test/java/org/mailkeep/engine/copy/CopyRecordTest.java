package org.mailkeep.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

/** What a host remembers of its copies. */
final class CopyRecordTest {

  private static final FullKeys KEYS = FullKeys.generate(new SecureRandom());

  @TempDir private Path folder;

  @Test
  void a_record_is_read_as_it_was_written() {
    Property.check(
        100,
        draw -> {
          CopyRecord record = record(draw);
          assertThat(CopyRecord.decode(record.encode(KEYS), KEYS.writer())).isEqualTo(record);
        });
  }

  @Test
  void any_damage_to_a_record_is_found() {
    byte[] bytes = record(new Draw(7, 200)).encode(KEYS);
    Mutations.mustThrow(MalformedException.class, bytes, b -> CopyRecord.decode(b, KEYS));
  }

  @Test
  void the_newest_record_of_each_place_counts_and_damaged_ones_are_told() throws IOException {
    CopyRecords records = new CopyRecords(folder.resolve("copies"), KEYS);
    List<String> unusable = new ArrayList<>();
    assertThat(records.list(unusable::add)).isEmpty();
    CopyRecord old = new CopyRecord("/mnt/a", Instant.ofEpochSecond(5), 1, Map.of());
    CopyRecord fresh = new CopyRecord("/mnt/a", Instant.ofEpochSecond(9), 2, Map.of());
    CopyRecord other = new CopyRecord("s3:b", Instant.ofEpochSecond(7), 3, Map.of());
    List.of(other, old, fresh).forEach(records::save);
    assertThat(records.list(unusable::add)).containsExactly(fresh, other);
    assertThat(unusable).isEmpty();
    Files.write(folder.resolve("copies/x.record"), new byte[50]);
    assertThat(records.list(unusable::add)).containsExactly(fresh, other);
    assertThat(unusable).hasSize(1);
    assertThat(records.forget("/mnt/a")).isTrue();
    assertThat(records.forget("/mnt/a")).isFalse();
    assertThat(records.list(_ -> {})).containsExactly(other);
  }

  private static CopyRecord record(Draw draw) {
    Map<SourceName, Instant> newest = new TreeMap<>();
    for (int left = draw.length(20); left > 0; left--) {
      newest.put(new SourceName(text(draw), text(draw)), time(draw));
    }
    return new CopyRecord(text(draw), time(draw), draw.between(0, 1 << 30), newest);
  }

  private static Instant time(Draw draw) {
    return Instant.ofEpochSecond(draw.between(0L, 1L << 33));
  }

  private static String text(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int left = draw.length(30); left > 0; left--) {
      text.appendCodePoint(draw.pick((int) 'a', (int) '/', 0xe9, 0x1f4e7));
    }
    return text.toString();
  }
}
