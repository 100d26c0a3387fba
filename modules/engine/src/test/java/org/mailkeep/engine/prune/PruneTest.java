package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.storage.ForgetfulStorage;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StoredObject;
import org.mailkeep.testkit.mail.MailTree;

class PruneTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path temp;
  private final MemoryStorage storage = new MemoryStorage();
  private final Map<ObjectId, Map<String, String>> images = new HashMap<>();
  private SharedRepository repository;
  private MailTree mail;

  @BeforeEach
  void a_repository() throws IOException {
    repository = new SharedRepository(storage, Files.createDirectory(temp.resolve("states")));
    mail = MailTree.create(temp.resolve("mail"), 4, 1, 2);
    Object _ = mail.deliver(40);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Snapshot backup() {
    Map<String, String> image = SnapshotImage.of(mail.root());
    Snapshot snapshot = repository.backup("a", mail.root());
    images.put(snapshot.id(), image);
    return snapshot;
  }

  /** So many snapshots a day apart, with mail coming and going. */
  private List<Snapshot> days(int count) throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object _ = mail.live(15);
      snapshots.add(backup());
      repository.pass(DAY);
    }
    return snapshots;
  }

  private void forget(Snapshot snapshot) {
    repository.open().snapshots().delete(snapshot.id());
  }

  private void assertAllRestore(SharedRepository from, String host) {
    try (ChunkReader reader = from.reader(host)) {
      for (Snapshot snapshot : from.snapshots()) {
        assertThat(SnapshotImage.of(snapshot, mail.root(), reader))
            .as(snapshot.id().shortForm())
            .isEqualTo(images.get(snapshot.id()));
      }
    }
  }

  private void assertSound() {
    assertThat(repository.check().damage()).isEmpty();
    assertThat(repository.check().isSound()).isTrue();
    assertAllRestore(repository, "a");
    repository.loseState("new");
    assertAllRestore(repository, "new");
  }

  private List<ObjectName> objects() {
    List<ObjectName> names = new ArrayList<>();
    storage.list(ObjectFolder.ROOT, object -> names.add(object.name()));
    return names;
  }

  /** Prunes day by day until there is nothing left to do, which must come soon. */
  private void assertEnds() {
    boolean more = true;
    for (int left = 6; left > 0 && more; left--) {
      repository.pass(DAY);
      more = repository.prune().next().isPresent();
      assertSound();
    }
    assertThat(more).isFalse();
    assertThat(repository.count("condemned")).isZero();
  }

  @Test
  void a_backup_that_ends_between_the_index_and_the_list_of_snapshots_is_seen() throws IOException {
    days(4).subList(0, 3).forEach(this::forget);
    Object _ = repository.prune();
    for (boolean atOnce : new boolean[] {false, true}) {
      repository.pass(DAY);
      AtomicInteger lists = new AtomicInteger();
      Storage meanwhile =
          new ForwardingStorage(storage) {
            @Override
            public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
              if (folder.equals(ObjectFolder.ROOT.folder("snapshots"))
                  && lists.incrementAndGet() <= 2) {
                newMail();
                Object _ = backup();
              }
              super.list(folder, each);
            }
          };
      Object _ = repository.prune(meanwhile, atOnce);
      assertThat(lists).hasValueGreaterThan(2);
      assertSound();
    }
  }

  private void newMail() {
    try {
      Object _ = mail.deliver(5);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_is_not_needed_is_condemned_first_and_goes_after_the_grace_time() throws IOException {
    List<Snapshot> all = days(10);
    all.subList(0, 9).forEach(this::forget);
    long before = repository.size("packs");
    PruneReport first = repository.prune();
    assertThat(first.removed().packs()).isZero();
    assertThat(first.condemned().packs()).isGreaterThan(6);
    assertThat(repository.size("packs")).isGreaterThan(before);
    assertSound();

    repository.pass(Duration.ofHours(23));
    assertThat(repository.prune().removed().packs()).isZero();
    repository.pass(Duration.ofHours(2));
    PruneReport last = repository.prune();
    assertThat(last.removed()).isEqualTo(first.condemned());
    assertThat(repository.size("packs")).isLessThan(before);
    assertThat(repository.count("condemned")).isZero();
    assertSound();
    assertEnds();
  }

  @Test
  void a_prune_of_what_is_all_needed_and_compact_changes_nothing() throws IOException {
    days(2);
    List<ObjectName> before = objects();
    assertThat(repository.prune().condemned().packs()).isZero();
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void a_dry_run_tells_and_changes_nothing() throws IOException {
    days(10).subList(0, 9).forEach(this::forget);
    List<ObjectName> before = objects();
    PruneReport dry = repository.prune(storage, new PruneSettings(0.1, DAY, false, true));
    assertThat(dry.condemned().packs()).isGreaterThan(6);
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void where_no_backup_runs_all_can_go_at_once() throws IOException {
    days(10).subList(0, 9).forEach(this::forget);
    long before = repository.size("packs");
    PruneReport report = repository.prune(storage, true);
    assertThat(report.removed().packs()).isGreaterThan(6);
    assertThat(repository.count("condemned")).isZero();
    assertThat(repository.size("packs")).isLessThan(before);
    assertSound();
  }

  @Test
  void the_next_backup_of_a_host_with_an_old_index_relies_on_nothing_that_is_gone()
      throws IOException {
    List<Snapshot> all = days(4);
    repository.prune(storage, true);
    forget(all.get(3));
    repository.prune(storage, true);
    Snapshot again = backup();
    assertThat(again.manifest().counts().addedBytes()).isPositive();
    assertSound();
    assertThat(backup().manifest().counts().addedBytes()).isZero();
  }

  @Test
  void a_backup_stores_again_what_is_only_in_condemned_packs() throws IOException {
    List<Snapshot> all = days(2);
    Path kept = Files.write(temp.resolve("kept"), Files.readAllBytes(mail.messages().getFirst()));
    forget(all.get(0));
    forget(all.get(1));
    Object _ = repository.prune();
    Snapshot snapshot = repository.backup("b", kept);
    assertThat(snapshot.manifest().counts().addedBytes()).isGreaterThan(Files.size(kept));
    repository.pass(DAY);
    Object _ = repository.prune();
    assertThat(repository.check().damage()).isEmpty();
  }

  @Test
  void what_a_backup_used_that_began_before_the_condemnation_is_rescued() throws IOException {
    List<Snapshot> all = days(2);
    AtomicInteger asked = new AtomicInteger();
    Map<String, String> image = SnapshotImage.of(mail.root());
    // The prune runs in the middle of the backup, of which it cannot know.
    Snapshot rescued =
        repository.backup(
            repository.open(),
            "a",
            mail.root(),
            repository.clock(),
            new Quiet() {
              @Override
              public void entries(long files, long bytes) {
                if (asked.getAndIncrement() == 0) {
                  all.forEach(PruneTest.this::forget);
                  assertThat(repository.prune().condemned().packs()).isEqualTo(2);
                }
              }
            });
    images.put(rescued.id(), image);
    assertThat(rescued.manifest().counts().addedBytes()).isZero();
    assertSound();
    repository.pass(DAY);
    assertThat(repository.prune().rewritten().packs()).isEqualTo(2);
    assertSound();
    repository.pass(DAY);
    assertThat(repository.prune().removed().packs()).isEqualTo(2);
    assertSound();
  }

  @Test
  void a_backup_that_takes_longer_than_the_grace_time_begins_again() throws IOException {
    List<Snapshot> all = days(2);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger overtaken = new AtomicInteger();
    Map<String, String> image = SnapshotImage.of(mail.root());
    Snapshot late =
        repository.backup(
            repository.open(),
            "a",
            mail.root(),
            repository.clock(),
            new Quiet() {
              @Override
              public void entries(long files, long bytes) {
                if (asked.getAndIncrement() == 0) {
                  all.forEach(PruneTest.this::forget);
                  Object _ = repository.prune();
                  repository.pass(DAY);
                  assertThat(repository.prune().removed().packs()).isEqualTo(2);
                }
              }

              @Override
              public void overtaken() {
                overtaken.incrementAndGet();
              }
            });
    images.put(late.id(), image);
    assertThat(overtaken).hasValue(1);
    assertSound();
  }

  /** A storage that does something once, before the folder is listed the nth time. */
  private Storage beforeList(String folder, int nth, Runnable what) {
    AtomicInteger lists = new AtomicInteger();
    return new ForwardingStorage(storage) {
      @Override
      public void list(ObjectFolder at, Consumer<? super StoredObject> each) {
        if (at.equals(ObjectFolder.ROOT.folder(folder)) && lists.incrementAndGet() == nth) {
          what.run();
        }
        super.list(at, each);
      }
    };
  }

  @Test
  void a_late_backup_sees_a_prune_that_ends_between_its_last_look_at_segments_and_at_lists()
      throws IOException {
    List<Snapshot> all = days(2);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger overtaken = new AtomicInteger();
    Map<String, String> image = SnapshotImage.of(mail.root());
    // The last look lists the segments first: just after that all is removed, the list too.
    Storage through =
        beforeList(
            "condemned", 2, () -> assertThat(repository.prune().removed().packs()).isEqualTo(2));
    Snapshot late =
        repository.backup(
            SharedRepository.open(through),
            "a",
            mail.root(),
            repository.clock(),
            new Quiet() {
              @Override
              public void entries(long files, long bytes) {
                if (asked.getAndIncrement() == 0) {
                  all.forEach(PruneTest.this::forget);
                  assertThat(repository.prune().condemned().packs()).isEqualTo(2);
                  repository.pass(DAY);
                }
              }

              @Override
              public void overtaken() {
                overtaken.incrementAndGet();
              }
            });
    images.put(late.id(), image);
    assertThat(overtaken).hasValue(1);
    assertSound();
  }

  @Test
  void a_list_of_condemned_packs_stays_until_they_are_gone() throws IOException {
    List<Snapshot> all = days(2);
    all.forEach(this::forget);
    assertThat(repository.prune().condemned().packs()).isPositive();
    long lists = repository.count("condemned");
    repository.pass(Duration.ofHours(12));
    newMail();
    Object _ = backup();
    Object _ = repository.prune();
    assertThat(repository.count("condemned")).isGreaterThanOrEqualTo(lists);
    assertSound();
    assertEnds();
  }

  @Test
  void two_prunes_at_once_do_no_harm() throws IOException {
    days(10).subList(0, 8).forEach(this::forget);
    AtomicInteger puts = new AtomicInteger();
    Storage second =
        new ForwardingStorage(storage) {
          @Override
          public void put(ObjectName name, ObjectContent content) {
            // Before the first prune writes anything, another one does all of its work.
            if (puts.getAndIncrement() == 0) {
              assertThat(repository.prune().condemned().packs()).isPositive();
            }
            super.put(name, content);
          }
        };
    assertThat(repository.prune(second, false).condemned().packs()).isPositive();
    assertSound();
    assertEnds();
  }

  @Test
  void a_crash_at_any_step_loses_nothing_and_the_next_prune_completes() throws IOException {
    List<Snapshot> all = days(9);
    all.subList(0, 4).forEach(this::forget);
    Object _ = repository.prune();
    repository.pass(DAY);
    all.subList(4, 7).forEach(this::forget);
    Crashing counting = new Crashing(copy(storage), Integer.MAX_VALUE, Fault.NOTHING_DONE);
    PruneReport whole = repository.prune(counting, false);
    assertThat(whole.removed().packs()).isPositive();
    assertThat(whole.condemned().packs()).isPositive();
    long size = size(counting);
    assertThat(counting.changes()).isGreaterThan(6);
    for (int n = 1; n <= counting.changes(); n++) {
      for (Fault fault : List.of(Fault.NOTHING_DONE, Fault.ANSWER_LOST)) {
        MemoryStorage left = copy(storage);
        crash(new Crashing(left, n, fault));
        try (SharedRepository after =
            new SharedRepository(left, Files.createDirectory(temp.resolve(n + "-" + fault)))) {
          after.pass(Duration.between(after.now(), repository.now()));
          assertAllRestore(after, "a");
          Object _ = after.prune();
          after.pass(DAY);
          Object _ = after.prune();
          assertThat(after.count("condemned")).as("after %s", n).isLessThanOrEqualTo(1);
          assertThat(after.check().damage()).as("after %s", n).isEmpty();
          assertAllRestore(after, "a");
          assertThat(size(left)).as("after %s", n).isLessThan(size + size / 5);
        }
      }
    }
  }

  /** A pack that is being removed may have differences whose bases are gone already. */
  @Test
  void a_crash_between_two_removals_is_no_damage_to_a_check() throws IOException {
    List<Snapshot> all = days(9);
    all.subList(0, 8).forEach(this::forget);
    Object _ = repository.prune();
    repository.pass(DAY);
    Crashing counting = new Crashing(copy(storage), Integer.MAX_VALUE, Fault.NOTHING_DONE);
    assertThat(repository.prune(counting, false).removed().packs()).isGreaterThan(4);
    for (int n = 1; n <= counting.changes(); n++) {
      MemoryStorage left = copy(storage);
      crash(new Crashing(left, n, Fault.NOTHING_DONE));
      try (SharedRepository after =
          new SharedRepository(left, Files.createDirectory(temp.resolve("after" + n)))) {
        assertThat(after.check().damage()).as("after %s", n).isEmpty();
      }
    }
  }

  private void crash(Storage faulty) {
    try {
      Object _ = repository.prune(faulty, false);
    } catch (MailkeepException e) {
      assertThat(e.getMessage() + e.getCause()).contains("on purpose");
    }
  }

  private static long size(Storage storage) {
    long[] size = {0};
    storage.list(ObjectFolder.ROOT, object -> size[0] += object.size());
    return size[0];
  }

  private static MemoryStorage copy(Storage from) {
    MemoryStorage copy = new MemoryStorage();
    from.list(ObjectFolder.ROOT, object -> copy.overwrite(object.name(), from.get(object.name())));
    return copy;
  }

  @Test
  void a_power_cut_loses_nothing_that_a_snapshot_needs() throws Exception {
    days(10).subList(0, 8).forEach(this::forget);
    for (int cutAfter = 1; cutAfter < 40; cutAfter += 4) {
      ForgetfulStorage forgetful = new ForgetfulStorage();
      storage.list(
          ObjectFolder.ROOT,
          object -> forgetful.put(object.name(), ObjectContent.of(storage.get(object.name()))));
      AtomicInteger left = new AtomicInteger(cutAfter);
      MemoryStorage[] survived = new MemoryStorage[1];
      Storage cutting =
          new ForwardingStorage(forgetful) {
            @Override
            public void put(ObjectName name, ObjectContent content) {
              count();
              super.put(name, content);
            }

            @Override
            public void delete(ObjectName name) {
              count();
              super.delete(name);
            }

            private void count() {
              if (left.decrementAndGet() == 0) {
                survived[0] = forgetful.cutPower();
              }
            }
          };
      try {
        Object _ = repository.prune(cutting, true);
      } catch (StorageException e) {
        assertThat(e).hasMessageContaining("power");
      }
      Storage after = survived[0] == null ? forgetful.cutPower() : survived[0];
      try (SharedRepository next =
          new SharedRepository(after, Files.createDirectory(temp.resolve("cut" + cutAfter)))) {
        next.pass(Duration.between(next.now(), repository.now()));
        assertAllRestore(next, "a");
        Object _ = next.prune(after, true);
        assertAllRestore(next, "a");
        assertThat(next.check().damage()).isEmpty();
      }
    }
  }

  @Test
  void storage_that_refuses_to_delete_is_told_and_does_no_harm() throws IOException {
    days(10).subList(0, 9).forEach(this::forget);
    Storage locked =
        new ForwardingStorage(storage) {
          @Override
          public void delete(ObjectName name) {
            throw new StorageException("it is locked until next year", "");
          }
        };
    Object _ = repository.prune(locked, false);
    repository.pass(DAY);
    PruneReport report = repository.prune(locked, false);
    assertThat(report.undeletable()).isPositive();
    assertThat(report.removed().packs()).isZero();
    assertSound();
    assertThat(repository.prune().removed().packs()).isPositive();
    assertSound();
  }

  @Test
  void a_host_whose_clock_is_behind_removes_nothing() throws IOException {
    days(3);
    List<ObjectName> before = objects();
    repository.pass(Duration.ofDays(-300));
    assertThatThrownBy(() -> repository.prune())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("clock");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void a_backup_whose_clock_is_far_ahead_stops_prunes_and_loses_nothing() throws IOException {
    List<Snapshot> all = days(3);
    Map<String, String> image = SnapshotImage.of(mail.root());
    Instant ahead = repository.now().plus(Duration.ofDays(3));
    Snapshot early =
        repository.backup(repository.open(), "b", mail.root(), () -> ahead, BackupObserver.SILENT);
    images.put(early.id(), image);
    all.forEach(this::forget);
    List<ObjectName> before = objects();
    assertThatThrownBy(() -> repository.prune())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("clock");
    assertThat(objects()).isEqualTo(before);
    repository.pass(Duration.ofDays(4));
    assertEnds();
  }

  @Test
  void a_damaged_snapshot_stops_a_prune_before_anything_is_removed() throws IOException {
    List<Snapshot> all = days(3);
    forget(all.getFirst());
    ObjectName name = ObjectName.of("snapshots/" + all.getLast().id());
    storage.overwrite(name, new byte[2000]);
    List<ObjectName> before = objects();
    assertThatThrownBy(() -> repository.prune())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("snapshots/");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void many_small_segments_become_few() throws IOException {
    days(12);
    assertThat(repository.count("index")).isEqualTo(12);
    Object _ = repository.prune();
    repository.pass(DAY);
    Object _ = repository.prune();
    assertThat(repository.count("index")).isLessThan(4);
    assertThat(repository.count("packs")).isLessThan(4);
    assertSound();
  }

  /** From the n-th change on nothing is changed any more. A crash while reading is as one then. */
  private static final class Crashing extends ForwardingStorage {
    private final FaultyStorage changed;

    Crashing(Storage inner, int n, Fault fault) {
      super(inner);
      this.changed = FaultyStorage.from(inner, n, fault);
    }

    int changes() {
      return changed.operations();
    }

    @Override
    public void put(ObjectName name, ObjectContent content) {
      changed.put(name, content);
    }

    @Override
    public void delete(ObjectName name) {
      changed.delete(name);
    }
  }

  /** Watches some of it. */
  private abstract static class Quiet implements BackupObserver {
    @Override
    public void expected(long files, long bytes) {}

    @Override
    public void reading(RawPath path) {}

    @Override
    public void leftOut(RawPath path, String reason) {}

    @Override
    public void unreadable(RawPath path, String problem) {}

    @Override
    public void commandSays(String name, String line) {}
  }
}
