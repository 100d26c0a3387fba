package org.mailkeep.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StoredObject;
import org.mailkeep.testkit.mail.MailTree;

class CheckTest {

  private static final ObjectName CONFIG = ObjectName.of("mailkeep-repository");

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;
  private Snapshot snapshot;

  @BeforeEach
  void create() throws IOException {
    source = temp.resolve("source");
    MailTree mail = MailTree.create(source, 8, 1, 2);
    Object _ = mail.deliver(20);
    byte[] noise = new byte[300_000];
    new SplittableRandom(1).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    snapshot = repository.backup(source).snapshot();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static List<String> damaged(CheckReport report) {
    return report.damage().stream().map(CheckReport.Damage::object).distinct().toList();
  }

  private static List<String> lost(CheckReport report) {
    return report.lost().stream().map(lost -> lost.path().text()).toList();
  }

  @Test
  void a_sound_repository_is_sound() throws IOException {
    Files.writeString(source.resolve("more"), "more");
    Object _ = repository.backup(source).run();
    for (boolean readData : new boolean[] {false, true}) {
      CheckReport report = repository.check(readData);
      assertThat(report.isSound()).as("%s", report).isTrue();
      assertThat(report.notes()).isEmpty();
      assertThat(report.snapshots()).isEqualTo(2);
      assertThat(report.packs()).isEqualTo(repository.objects("packs").size());
      assertThat(report.chunks()).isGreaterThan(readData ? 50 : -1);
      assertThat(report.bytes()).isEqualTo(readData ? packBytes() : 0);
    }
  }

  private long packBytes() {
    return repository.objects("packs").stream()
        .mapToLong(pack -> repository.storage().get(pack).length)
        .sum();
  }

  @Test
  void one_flipped_bit_anywhere_is_found_and_its_object_named() {
    Object _ = condemn(repository.objects("packs").getFirst());
    Repository open = repository.repository();
    Object _ = open.marks().add(snapshot.id(), SnapshotMarks.Meaning.PINNED, Instant.now());
    for (String folder : List.of("keys", "index", "snapshots", "packs", "condemned", "marks")) {
      ObjectName name = repository.objects(folder).getFirst();
      isFound(name, folder.equals("packs") ? 20 : 9);
    }
    isFound(CONFIG, 9);
    assertThat(repository.check(true).isSound()).isTrue();
  }

  /** At both ends, in the version's byte, and spread over all of the object. */
  private void isFound(ObjectName name, int positions) {
    int length = repository.storage().get(name).length;
    for (int i = 0; i < positions; i++) {
      int position =
          i < 6 ? i : i == 6 ? length - 1 : (int) ((long) length * (i - 6) / (positions - 6));
      repository.flipBit(name, position);
      CheckReport report = repository.check(true);
      assertThat(damaged(report)).as("byte %d of %s", position, name).contains(name.toString());
      repository.flipBit(name, position);
    }
  }

  @Test
  void the_files_in_a_damaged_block_are_named() {
    ObjectName pack = repository.objects("packs").getFirst();
    // Noise does not compress, so that most of the pack is this file's.
    repository.flipBit(pack, repository.storage().get(pack).length / 2);
    CheckReport report = repository.check(true);
    assertThat(lost(report)).contains(source + "/noise");
    assertThat(report.lostCount()).isEqualTo(report.lost().size());
    assertThat(report.lost().getFirst().snapshot()).isEqualTo(snapshot.id().shortForm());
    assertThat(damaged(report)).containsExactly(pack.toString());
    assertThat(report.damage()).hasSizeLessThan(5);
    assertThat(repository.check(false).isSound()).as("only the data tells").isTrue();
  }

  @Test
  void a_missing_pack_is_found_without_reading_and_its_files_are_named() throws IOException {
    ObjectName first = repository.objects("packs").getFirst();
    Files.writeString(source.resolve("later"), "later");
    repository.loseState();
    Object _ = repository.backup(source).run();
    repository.storage().delete(first);
    for (boolean readData : new boolean[] {false, true}) {
      CheckReport report = repository.check(readData);
      assertThat(damaged(report)).contains(first.toString());
      assertThat(lost(report)).contains(source + "/noise").doesNotContain(source + "/later");
    }
  }

  private CondemnedPacks.Condemned condemn(ObjectName pack) {
    return repository
        .repository()
        .condemned()
        .write(Instant.now(), Duration.ofDays(1), List.of(ObjectId.parse(pack.id()).orElseThrow()));
  }

  @Test
  void a_condemned_pack_is_as_good_as_any_until_it_is_removed() throws IOException {
    ObjectName pack = repository.objects("packs").getFirst();
    Object _ = condemn(pack);
    CheckReport before = repository.check(true);
    assertThat(before.isSound()).as("%s", before).isTrue();
    assertThat(before.notes()).isEmpty();

    // All is stored again, for nobody relies on a condemned pack.
    Files.writeString(source.resolve("later"), "later");
    Object _ = repository.backup(source).run();
    repository.repository().snapshots().delete(snapshot.id());
    repository.storage().delete(pack);
    for (boolean readData : new boolean[] {false, true}) {
      CheckReport report = repository.check(readData);
      assertThat(report.isSound()).as("%s", report).isTrue();
      assertThat(report.notes()).singleElement().asString().contains("1 condemned pack is gone");
    }
  }

  @Test
  void what_is_needed_of_a_condemned_pack_that_is_gone_is_lost() {
    ObjectName pack = repository.objects("packs").getFirst();
    Object _ = condemn(pack);
    repository.storage().delete(pack);
    CheckReport report = repository.check(false);
    assertThat(report.isSound()).isFalse();
    assertThat(damaged(report)).doesNotContain(pack.toString());
    assertThat(report.lost()).isNotEmpty();
  }

  @Test
  void a_lost_condemned_pack_is_damage_where_the_next_backup_would_rely_on_it() throws IOException {
    List<ObjectName> before = repository.objects("packs");
    Path message = source.resolve("domains/d1.example/user1/Maildir/new/1.more");
    Files.writeString(message, "more");
    Snapshot later = repository.backup(source).snapshot();
    // No snapshot needs the difference that was stored, but it counts as stored.
    repository.repository().snapshots().delete(snapshot.id());
    repository.repository().snapshots().delete(later.id());
    Object _ = condemn(before.getFirst());
    assertThat(repository.check(false).isSound()).isTrue();
    repository.storage().delete(before.getFirst());
    for (boolean readData : new boolean[] {false, true}) {
      CheckReport report = repository.check(readData);
      assertThat(report.isSound()).as("%s", report).isFalse();
      assertThat(damaged(report)).doesNotContainAnyElementsOf(names(before));
    }
  }

  private static List<String> names(List<ObjectName> objects) {
    return objects.stream().map(ObjectName::toString).toList();
  }

  @Test
  void a_backup_that_ends_while_the_check_runs_is_not_damage() throws IOException {
    AtomicBoolean once = new AtomicBoolean();
    Storage busy =
        new ForwardingStorage(repository.storage()) {
          @Override
          public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
            super.list(folder, each);
            if (folder.equals(ObjectFolder.ROOT.folder("packs")) && !once.getAndSet(true)) {
              Object _ = repository.backup(source).run();
            }
          }
        };
    Files.writeString(source.resolve("more"), "more");
    CheckReport report =
        new Check(
                repository.through(busy),
                Parallelism.atMost(1),
                CheckObserver.SILENT,
                new Cancellation())
            .run(DataSubset.all(), Optional.empty());
    assertThat(once).isTrue();
    assertThat(report.isSound()).as("%s", report).isTrue();
  }

  @Test
  void a_segment_that_is_replaced_while_the_check_runs_is_read_as_what_replaced_it() {
    AtomicBoolean once = new AtomicBoolean();
    Storage busy =
        new ForwardingStorage(repository.storage()) {
          @Override
          public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
            super.list(folder, each);
            if (folder.equals(ObjectFolder.ROOT.folder("index")) && !once.getAndSet(true)) {
              for (ObjectName name : repository.objects("index")) {
                Repository own = repository.repository();
                Object _ =
                    own.segments()
                        .write(own.segments().read(ObjectId.parse(name.id()).orElseThrow()));
                repository.storage().delete(name);
              }
            }
          }
        };
    CheckReport report =
        new Check(
                repository.through(busy),
                Parallelism.atMost(1),
                CheckObserver.SILENT,
                new Cancellation())
            .run(DataSubset.nothing(), Optional.empty());
    assertThat(once).isTrue();
    assertThat(report.isSound()).as("%s", report).isTrue();
    assertThat(report.notes()).singleElement().asString().contains("was replaced");
  }

  @Test
  void a_truncated_pack_is_found_without_reading() {
    ObjectName pack = repository.objects("packs").getFirst();
    byte[] bytes = repository.storage().get(pack);
    for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
      repository.storage().overwrite(pack, Arrays.copyOf(bytes, length));
      assertThat(damaged(repository.check(false))).contains(pack.toString());
      assertThat(damaged(repository.check(true))).contains(pack.toString());
    }
    repository.storage().overwrite(pack, Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(damaged(repository.check(false))).contains(pack.toString());
  }

  @Test
  void a_missing_index_segment_loses_nothing_for_packs_name_their_own_content() {
    repository.storage().delete(repository.objects("index").getFirst());
    CheckReport report = repository.check(true);
    assertThat(report.isSound()).isTrue();
    assertThat(report.notes()).singleElement().asString().contains("in no index segment");
    assertThat(report.chunks()).isGreaterThan(50);
  }

  @Test
  void a_pack_left_by_a_run_that_was_cut_off_is_a_note_and_no_damage() throws IOException {
    // What another repository's run with the same keys would leave: a pack without segment.
    Files.writeString(source.resolve("later"), "later");
    List<ObjectName> before = repository.objects("index");
    Object _ = repository.backup(source).run();
    for (String folder : List.of("index", "snapshots")) {
      for (ObjectName name : repository.objects(folder)) {
        boolean known = before.contains(name) || name.id().equals(snapshot.id().toString());
        if (!known) {
          repository.storage().delete(name);
        }
      }
    }
    CheckReport report = repository.check(true);
    assertThat(report.isSound()).isTrue();
    assertThat(report.notes()).hasSize(1);
  }

  @Test
  void a_damaged_pack_that_no_segment_names_is_damage() {
    ObjectName pack = repository.objects("packs").getFirst();
    repository.storage().delete(repository.objects("index").getFirst());
    int length = repository.storage().get(pack).length;
    for (int position : new int[] {0, 4, 60, length - 1}) {
      repository.flipBit(pack, position);
      assertThat(damaged(repository.check(true))).contains(pack.toString());
      repository.flipBit(pack, position);
    }
  }

  @Test
  void a_slot_or_snapshot_under_another_name_is_damage() {
    for (String folder : List.of("keys", "snapshots")) {
      ObjectName name = repository.objects(folder).getFirst();
      String other = (name.id().startsWith("0") ? "1" : "0") + name.id().substring(1);
      ObjectName moved = ObjectName.of(folder + "/" + other);
      repository.storage().put(moved, ObjectContent.of(repository.storage().get(name)));
      assertThat(damaged(repository.check(false))).containsExactly(moved.toString());
      repository.storage().delete(moved);
    }
  }

  @Test
  void what_is_none_of_the_programs_objects_is_a_note() {
    repository.storage().put(ObjectName.of("packs/ab/other"), ObjectContent.of(new byte[3]));
    CheckReport report = repository.check(true);
    assertThat(report.isSound()).isTrue();
    assertThat(report.notes()).singleElement().asString().contains("packs/ab/other");
  }

  @Test
  void a_repository_whose_configuration_is_damaged_does_not_open() {
    for (int position : new int[] {0, 4, 5, 21, 30, 70, 90}) {
      repository.flipBit(CONFIG, position);
      assertThatThrownBy(() -> repository.through(repository.storage()))
          .isInstanceOf(MailkeepException.class)
          .hasMessageContaining("mailkeep-repository");
      repository.flipBit(CONFIG, position);
    }
  }

  @Test
  void a_check_stops_on_request() {
    Cancellation stop = new Cancellation();
    stop.request();
    assertThatThrownBy(
            () ->
                new Check(repository.repository(), Parallelism.all(), CheckObserver.SILENT, stop)
                    .run(DataSubset.all(), Optional.empty()))
        .isInstanceOf(Cancellation.CancelledException.class);
  }

  @Test
  void the_observer_is_told_of_every_pack() {
    int[] packs = {0};
    long[] planned = {0};
    CheckObserver observer =
        new CheckObserver() {
          @Override
          public void planned(long count, long bytes) {
            planned[0] = bytes;
          }

          @Override
          public synchronized void packDone(long bytes) {
            packs[0]++;
            planned[0] -= bytes;
          }

          @Override
          public void stage(String what) {}
        };
    Object _ =
        new Check(repository.repository(), Parallelism.atMost(1), observer, new Cancellation())
            .run(DataSubset.all(), Optional.empty());
    assertThat(packs[0]).isEqualTo(repository.objects("packs").size());
    assertThat(planned[0]).isZero();
  }
}
