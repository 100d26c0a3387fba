package org.mailkeep.repository.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectName;

final class IndexSyncTest {

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();
  private final List<Chunk> published = chunks("published");
  private final List<Chunk> more = chunks("more");
  private final List<Chunk> unpublished = chunks("unpublished");

  @BeforeEach
  void twoPublishedRuns() {
    try (TestRepository test = TestRepository.create(storage, folder.resolve("first"))) {
      test.sync().pull();
      for (List<Chunk> run : List.of(published, more)) {
        test.store(run);
        test.sync().publish();
      }
    }
  }

  @Test
  void a_run_publishes_one_segment_and_one_without_news_none() {
    try (TestRepository test = open("first")) {
      assertThat(test.ids(ObjectKind.INDEX)).hasSize(2);
      test.sync().publish();
      assertThat(test.ids(ObjectKind.INDEX)).hasSize(2);
      assertThat(test.index().segments()).hasSameElementsAs(test.ids(ObjectKind.INDEX));
    }
  }

  @Test
  void a_deleted_state_is_rebuilt_from_the_segments() {
    try (TestRepository test = open("new")) {
      assertThat(test.index().contains(published.getFirst().id())).isFalse();
      assertThat(test.sync().pull().damaged()).isEmpty();
      test.assertHas(published);
      test.assertHas(more);
      assertThat(test.index().unpublishedIds()).isEmpty();
      test.packs().forEach(pack -> assertThat(test.index().hasPack(pack)).isTrue());
    }
  }

  @Test
  void a_second_pull_reads_nothing_again() {
    FaultyStorage counting = FaultyStorage.never(storage);
    try (TestRepository test = TestRepository.open(counting, folder.resolve("first"))) {
      test.sync().pull();
      int before = counting.operations();
      IndexSync.Outcome outcome = test.sync().pull();
      assertThat(counting.operations() - before).as("two listings").isEqualTo(2);
      assertThat(outcome.restarted()).isFalse();
    }
  }

  @Test
  void what_another_host_published_is_found() {
    try (TestRepository other = open("other")) {
      other.sync().pull();
      other.store(unpublished);
      other.sync().publish();
    }
    try (TestRepository test = open("first")) {
      assertThat(test.index().contains(unpublished.getFirst().id())).isFalse();
      assertThat(test.sync().pull().restarted()).isFalse();
      test.assertHas(unpublished);
      test.assertHas(published);
    }
  }

  @Test
  void packs_whose_segment_is_missing_are_found_by_their_own_tables_and_published_again() {
    try (TestRepository test = open("new")) {
      storage.delete(segment(test.ids(ObjectKind.INDEX).getFirst()));
      assertThat(test.sync().pull().damaged()).isEmpty();
      test.assertHas(published);
      test.assertHas(more);
      assertThat(test.index().unpublishedIds()).hasSize(1);
      test.sync().publish();
      assertThat(test.index().unpublishedIds()).isEmpty();
    }
    assertRebuildsFromSegmentsAlone();
  }

  private void assertRebuildsFromSegmentsAlone() {
    try (TestRepository test = open("again")) {
      test.sync().pull();
      assertThat(test.index().unpublishedIds()).isEmpty();
      test.assertHas(published);
      test.assertHas(more);
    }
  }

  @Test
  void unpublished_packs_of_a_run_that_was_cut_off_are_published_by_the_next_run() {
    try (TestRepository test = open("first")) {
      test.store(unpublished);
    }
    try (TestRepository test = open("first")) {
      assertThat(test.sync().pull().restarted()).isFalse();
      assertThat(test.index().contains(unpublished.getFirst().id())).isTrue();
      test.sync().publish();
    }
    try (TestRepository test = open("new")) {
      test.sync().pull();
      assertThat(test.index().unpublishedIds()).isEmpty();
      test.assertHas(unpublished);
    }
  }

  @Test
  void unpublished_packs_are_found_even_if_the_state_is_lost_too() {
    try (TestRepository test = open("first")) {
      test.store(unpublished);
    }
    try (TestRepository test = open("new")) {
      test.sync().pull();
      assertThat(test.index().unpublishedIds()).hasSize(1);
      test.assertHas(unpublished);
      test.sync().publish();
      assertThat(test.ids(ObjectKind.INDEX)).hasSize(3);
    }
  }

  @Test
  void a_first_pull_that_fails_half_way_does_not_hide_unpublished_packs_from_the_next() {
    try (TestRepository test = open("first")) {
      test.store(unpublished);
    }
    for (int n = 3; ; n++) {
      String state = "new" + n;
      FaultyStorage faulty = FaultyStorage.once(storage, n, Fault.NOTHING_DONE);
      try (TestRepository test = TestRepository.open(faulty, folder.resolve(state))) {
        assertThatThrownBy(() -> test.sync().pull()).isInstanceOf(StorageException.class);
        if (faulty.operations() < n) {
          break;
        }
        IndexSync.Outcome outcome = test.sync().pull();
        assertThat(outcome.restarted()).as("after operation %s failed", n).isTrue();
        assertThat(outcome.damaged()).isEmpty();
        test.assertHas(published);
        test.assertHas(more);
        test.assertHas(unpublished);
      } catch (AssertionError e) {
        if (faulty.operations() < n) {
          break;
        }
        throw e;
      }
    }
  }

  @Test
  void a_vanished_segment_takes_its_packs_out_of_the_index() {
    try (TestRepository test = open("first")) {
      ObjectId gone = test.packs().getFirst();
      List<Chunk> lost = test.index().hasPack(gone) ? chunksIn(test, gone) : List.of();
      assertThat(lost).isNotEmpty();
      // As prune does: the pack and the segment that names it go.
      for (ObjectId id : test.ids(ObjectKind.INDEX)) {
        List<ObjectId> packs =
            new IndexSegments(storage, TestRepository.KEYS)
                .read(id).stream().map(table -> table.pack()).toList();
        if (packs.contains(gone)) {
          storage.delete(segment(id));
        }
      }
      storage.delete(PackReader.name(gone));
      long generation = test.index().generation();
      IndexSync.Outcome outcome = test.sync().pull();
      assertThat(outcome.restarted()).isFalse();
      assertThat(outcome.lost()).isTrue();
      assertThat(test.index().generation()).isGreaterThan(generation);
      assertThat(test.index().hasPack(gone)).isFalse();
      lost.forEach(chunk -> assertThat(test.index().contains(chunk.id())).isFalse());
      test.assertHas(lost.containsAll(published) ? more : published);
      assertThat(test.sync().pull().lost()).isFalse();
    }
  }

  private List<Chunk> chunksIn(TestRepository test, ObjectId pack) {
    List<Chunk> all = new ArrayList<>(published);
    all.addAll(more);
    return all.stream()
        .filter(chunk -> test.index().find(chunk.id()).orElseThrow().block().pack().equals(pack))
        .toList();
  }

  @Test
  void an_unpublished_pack_that_vanished_goes_from_the_index() {
    try (TestRepository test = open("first")) {
      List<ObjectId> before = test.packs();
      test.store(unpublished);
      ObjectId pack =
          test.packs().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
      storage.delete(PackReader.name(pack));
      assertThat(test.sync().pull().lost()).isTrue();
      assertThat(test.index().contains(unpublished.getFirst().id())).isFalse();
      test.assertHas(published);
    }
  }

  @Test
  void a_damaged_segment_is_reported_and_the_packs_are_used_instead() {
    ObjectId damaged;
    try (TestRepository test = open("first")) {
      damaged = test.ids(ObjectKind.INDEX).getFirst();
    }
    byte[] original = storage.get(segment(damaged));
    for (int at : new int[] {0, 5, 8, 39, 40, original.length - 1}) {
      byte[] broken = original.clone();
      broken[at] ^= 1;
      assertReportedAndUsed(damaged, broken, "byte" + at);
    }
    byte[] newer = original.clone();
    newer[4] = 3; // what one flipped bit makes of version 1
    assertReportedAndUsed(damaged, newer, "newer");
    for (int length : new int[] {0, 39, 40, 50, original.length - 1}) {
      assertReportedAndUsed(damaged, Arrays.copyOf(original, length), "cut" + length);
    }
  }

  private void assertReportedAndUsed(ObjectId segment, byte[] broken, String state) {
    storage.overwrite(segment(segment), broken);
    try (TestRepository test = open(state)) {
      List<UnreadableException> damaged = test.sync().pull().damaged();
      assertThat(damaged).hasSize(1);
      assertThat(damaged.getFirst().object()).isEqualTo(segment(segment).toString());
      test.assertHas(published);
      test.assertHas(more);
    }
  }

  @Test
  void a_segment_that_goes_bad_later_changes_nothing_that_is_known() {
    try (TestRepository test = open("first")) {
      test.ids(ObjectKind.INDEX).forEach(id -> storage.overwrite(segment(id), new byte[3]));
      assertThat(test.sync().pull().damaged()).isEmpty();
      test.assertHas(published);
      assertThat(test.sync().rebuild().damaged()).hasSize(2);
      test.assertHas(published);
      test.assertHas(more);
    }
  }

  @Test
  void a_damaged_pack_without_segment_is_reported_and_the_others_are_used() {
    try (TestRepository test = open("new")) {
      test.ids(ObjectKind.INDEX).forEach(id -> storage.delete(segment(id)));
      ObjectName pack = PackReader.name(test.packs().getFirst());
      byte[] bytes = storage.get(pack);
      bytes[bytes.length - 20] ^= 1;
      storage.overwrite(pack, bytes);
      List<UnreadableException> damaged = test.sync().pull().damaged();
      assertThat(damaged).hasSize(1);
      assertThat(damaged.getFirst().object()).isEqualTo(pack.toString());
      assertThat(test.index().hasPack(test.packs().get(1))).isTrue();
    }
  }

  @Test
  void foreign_files_beside_segments_and_packs_are_no_concern() {
    storage.overwrite(ObjectName.of("index/readme.txt"), new byte[3]);
    storage.overwrite(ObjectName.of("packs/00/lost-and-found"), new byte[3]);
    storage.overwrite(ObjectName.of("packs/" + "0".repeat(64)), new byte[3]);
    try (TestRepository test = open("new")) {
      assertThat(test.sync().pull().damaged()).isEmpty();
      test.assertHas(published);
    }
  }

  @Test
  void a_failed_publication_is_made_up_for_by_the_next() {
    FaultyStorage faulty = FaultyStorage.once(storage, 5, Fault.ANSWER_LOST);
    try (TestRepository test = TestRepository.open(faulty, folder.resolve("first"))) {
      test.store(unpublished);
      assertThatThrownBy(() -> test.sync().publish()).isInstanceOf(StorageException.class);
      test.sync().publish();
      assertThat(test.index().unpublishedIds()).isEmpty();
    }
    try (TestRepository test = open("new")) {
      assertThat(test.sync().pull().damaged()).isEmpty();
      test.assertHas(unpublished);
    }
  }

  @Test
  void more_packs_than_a_segment_takes_make_several_segments() {
    try (TestRepository test = open("first")) {
      for (int i = 0; i < IndexSegments.MAX_PACKS + 3; i++) {
        test.store(List.of(Chunk.of(BlockKind.TEXT, "pack " + i)));
      }
      test.sync().publish();
      assertThat(test.ids(ObjectKind.INDEX)).hasSize(4);
      assertThat(test.index().unpublishedIds()).isEmpty();
    }
    try (TestRepository test = open("new")) {
      test.sync().pull();
      for (int i = 0; i < IndexSegments.MAX_PACKS + 3; i++) {
        assertThat(test.index().contains(Chunk.of(BlockKind.TEXT, "pack " + i).id())).isTrue();
      }
    }
  }

  @Test
  @Tag("slow")
  void half_a_million_chunks_are_published_in_little_memory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapPublisher.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answer = process.inputReader(UTF_8)) {
      int chunks = SmallHeapPublisher.PACKS * SmallHeapPublisher.CHUNKS;
      assertThat(answer.readLine()).isEqualTo(Integer.toString(chunks));
    }
    assertThat(process.waitFor()).isZero();
  }

  private TestRepository open(String state) {
    return TestRepository.open(storage, folder.resolve(state));
  }

  private static ObjectName segment(ObjectId id) {
    return ObjectNames.of(ObjectKind.INDEX, id);
  }

  private static List<Chunk> chunks(String text) {
    List<Chunk> chunks = new ArrayList<>();
    for (BlockKind kind : BlockKind.values()) {
      chunks.add(Chunk.of(kind, text + " of kind " + kind));
    }
    return chunks;
  }
}
