package org.mailkeep.repository.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

final class CondemnedPacksTest {

  private static final Instant NOW = Instant.parse("2026-11-20T14:00:00.5Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();

  private static ObjectId id(Draw draw) {
    return new ObjectId(
        draw.random().nextLong(),
        draw.random().nextLong(),
        draw.random().nextLong(),
        draw.random().nextLong());
  }

  @Test
  void what_is_written_comes_back() {
    Property.check(
        11,
        draw -> {
          List<ObjectId> packs = new ArrayList<>();
          for (int left = draw.between(0, 20); left > 0; left--) {
            packs.add(id(draw));
          }
          CondemnedPacks lists = new CondemnedPacks(storage, TestRepository.KEYS);
          Instant time = draw.pick(NOW, Instant.EPOCH, Instant.MIN, Instant.ofEpochSecond(-1, 9));
          CondemnedPacks.Condemned list = lists.write(time, DAY, packs);
          assertThat(lists.read(list.id())).isEqualTo(list);
          assertThat(list.packs()).isSorted().hasSameElementsAs(packs);
          assertThat(list.end()).isEqualTo(time.plus(DAY));
        });
  }

  @Test
  void every_changed_or_missing_byte_is_damage() {
    CondemnedPacks lists = new CondemnedPacks(storage, TestRepository.KEYS);
    CondemnedPacks.Condemned list =
        lists.write(NOW, DAY, List.of(new ObjectId(1, 2, 3, 4), new ObjectId(5, 6, 7, 8)));
    ObjectName name = ObjectNames.of(ObjectKind.CONDEMNED, list.id());
    byte[] whole = storage.get(name);
    for (int i = 0; i < whole.length; i++) {
      byte[] broken = whole.clone();
      broken[i] ^= 4;
      storage.overwrite(name, i % 2 == 0 ? broken : java.util.Arrays.copyOf(whole, i));
      // A version that is not known yet is refused, too.
      assertThatThrownBy(() -> lists.read(list.id()))
          .isInstanceOfAny(DamagedException.class, TooNewException.class);
    }
  }

  @Test
  void packs_out_of_order_or_twice_are_malformed() {
    ObjectId one = new ObjectId(1, 2, 3, 4);
    for (List<ObjectId> packs :
        List.of(List.of(one, one), List.of(one, new ObjectId(0, 9, 9, 9)))) {
      byte[] bytes = CondemnedPacks.encode(new CondemnedPacks.Condemned(one, NOW, DAY, packs));
      assertThatThrownBy(() -> CondemnedPacks.decode(one, bytes))
          .isInstanceOf(MalformedException.class);
    }
  }

  private static List<Chunk> chunks(String text) {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      chunks.add(
          Chunk.of(
              BlockKind.TEXT,
              (text + i).repeat(30).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return chunks;
  }

  @Test
  void what_is_condemned_counts_as_missing_and_can_still_be_read() {
    List<Chunk> chunks = chunks("condemned");
    try (TestRepository test = TestRepository.create(storage, folder)) {
      Object _ = test.sync().pull();
      test.store(chunks);
      test.sync().publish();
      ObjectId pack = test.packs().getFirst();
      long generation = test.index().generation();
      Object _ = test.repository().condemned().write(NOW, DAY, List.of(pack));
      assertThat(test.sync().pull().condemned()).hasSize(1);
      assertThat(test.index().generation()).isGreaterThan(generation);
      chunks.forEach(chunk -> assertThat(test.index().contains(chunk.id())).isFalse());
      test.assertHas(chunks);

      // Stored again, each chunk has two places, and the one that stays is taken.
      test.store(chunks);
      test.sync().publish();
      for (Chunk chunk : chunks) {
        assertThat(test.index().contains(chunk.id())).isTrue();
        assertThat(test.index().find(chunk.id()).orElseThrow().block().pack()).isNotEqualTo(pack);
      }
      test.repository().segments().list().stream()
          .filter(id -> test.index().packsIn(id).get(test.index().number(pack).orElseThrow()))
          .toList()
          .forEach(id -> storage.delete(ObjectNames.of(ObjectKind.INDEX, id)));
      storage.delete(PackReader.name(pack));
      long before = test.index().generation();
      IndexSync.Outcome outcome = test.sync().pull();
      assertThat(outcome.lost()).as("it was condemned").isFalse();
      assertThat(test.index().generation()).isEqualTo(before);
      assertThat(test.index().hasPack(pack)).isFalse();
      test.assertHas(chunks);
    }
  }

  @Test
  void a_list_that_says_it_is_newer_keeps_nobody_from_reading_and_everybody_from_writing() {
    List<Chunk> chunks = chunks("condemned");
    try (TestRepository test = TestRepository.create(storage, folder)) {
      Object _ = test.sync().pull();
      test.store(chunks);
      test.sync().publish();
      CondemnedPacks.Condemned list =
          test.repository().condemned().write(NOW, DAY, List.of(test.packs().getFirst()));
      ObjectName name = ObjectNames.of(ObjectKind.CONDEMNED, list.id());
      byte[] newer = storage.get(name);
      newer[4]++;
      storage.overwrite(name, newer);
      IndexSync.Outcome outcome = test.sync().pull();
      assertThat(outcome.damaged()).singleElement().isInstanceOf(TooNewException.class);
      assertThat(outcome.condemned()).isEmpty();
      test.assertHas(chunks);
      assertThatThrownBy(() -> test.sync().pullToWrite())
          .isInstanceOf(TooNewException.class)
          .hasMessageContaining(name.toString());
      storage.delete(name);
      assertThat(test.sync().pullToWrite().damaged()).isEmpty();
    }
  }

  @Test
  void a_pack_that_is_found_after_it_was_condemned_is_condemned() {
    List<Chunk> chunks = chunks("later");
    try (TestRepository first = TestRepository.create(storage, folder.resolve("first"));
        TestRepository second = TestRepository.open(storage, folder.resolve("second"))) {
      Object _ = second.sync().pull();
      first.store(chunks);
      Object _ = first.repository().condemned().write(NOW, DAY, first.packs());
      assertThat(second.sync().pull().condemned()).isEmpty();
      first.sync().publish();
      Object _ = second.sync().pull();
      chunks.forEach(chunk -> assertThat(second.index().contains(chunk.id())).isFalse());
      second.assertHas(chunks);
    }
  }

  @Test
  void a_removal_of_packs_that_was_cut_off_is_completed() {
    SplittableRandom random = new SplittableRandom(5);
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[300];
      random.nextBytes(bytes);
      chunks.add(Chunk.of(BlockKind.DATA, bytes));
    }
    try (TestRepository test = TestRepository.create(storage, folder)) {
      Object _ = test.sync().pull();
      test.store(chunks);
      test.sync().publish();
      int number = test.index().number(test.packs().getFirst()).orElseThrow();
      // As after a crash between the note that the pack is gone and the rest.
      test.state()
          .put(
              org.mailkeep.repository.state.Table.FACTS,
              new byte[] {'d', 0, 0, 0, (byte) number},
              new byte[0]);
      test.index().finishRemoval();
      chunks.forEach(chunk -> assertThat(test.index().find(chunk.id())).isEmpty());
      assertThat(test.index().hasPack(test.packs().getFirst())).isFalse();
    }
  }
}
