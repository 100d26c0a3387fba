package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.sort.FileNameCodec;
import org.mailkeep.engine.sort.RunCodec;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/** What is listed in a large folder comes back from its bytes as it was. */
class FoundCodecTest {

  private interface Maker<T> {
    T make(Draw draw);
  }

  private static FileName name(Draw draw) {
    FileName drawn = FileName.of(draw.bytes(draw.between(1, FileName.MAX_LENGTH)));
    return drawn.isComponent() ? drawn : name(draw);
  }

  private static Found found(Draw draw) {
    FileType[] types = FileType.values();
    FileStat stat =
        new FileStat(
            types[draw.between(0, types.length - 1)],
            draw.between(0, 07777),
            draw.random().nextInt(),
            draw.random().nextInt(),
            draw.random().nextLong() >>> 1,
            draw.random().nextLong(),
            draw.random().nextLong(),
            draw.between(1, Integer.MAX_VALUE),
            draw.random().nextLong(),
            draw.between(0, 999_999_999),
            draw.random().nextLong(),
            draw.between(0, 999_999_999),
            draw.random().nextInt(),
            draw.random().nextInt(),
            draw.random().nextLong() >>> 1,
            draw.flip());
    return new Found(name(draw), stat);
  }

  private static FileReading.Job job(Draw draw) {
    Metadata metadata = new Metadata(draw.between(0, 07777), 1, 2, 3, 4, List.of());
    Entry before = new Entry(name(draw), metadata, new Body.Fifo(), 0);
    return new FileReading.Job(
        found(draw), draw.flip(), draw.flip() ? Optional.of(before) : Optional.empty());
  }

  private static <T> void check(RunCodec<T> codec, Maker<T> maker) {
    Property.check(
        60,
        draw -> {
          List<T> elements = new ArrayList<>();
          for (int count = draw.length(3); count > 0; count--) {
            elements.add(maker.make(draw));
          }
          byte[] bytes = codec.encode(elements);
          assertThat(codec.decode(bytes)).isEqualTo(elements);
          Mutations.mayOnlyThrow(MalformedException.class, bytes, codec::decode);
        });
  }

  @Test
  void names_with_their_status() {
    check(FoundCodec.FOUND, FoundCodecTest::found);
  }

  @Test
  void entries_as_they_are_listed() {
    check(
        FoundCodec.ENTRIES,
        draw ->
            new DirectoryEntry(
                name(draw),
                draw.random().nextLong(),
                draw.flip() ? null : found(draw).stat().type()));
  }

  @Test
  void sightings() {
    check(
        FoundCodec.SIGHTINGS, draw -> Sighting.of(found(draw), draw.between(0, Integer.MAX_VALUE)));
  }

  @Test
  void names() {
    check(FileNameCodec.NAMES, FoundCodecTest::name);
  }

  @Test
  void files_to_be_read() {
    check(FoundCodec.JOBS, FoundCodecTest::job);
  }
}
