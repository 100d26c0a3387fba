package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
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

/** Prunes that are cut off. */
class PruneCrashTest extends PrunedRepository {

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

  /**
   * What the source holds was in a snapshot that is forgotten, and its packs are condemned or half
   * removed: the host that made them stores again what goes with them.
   */
  @Test
  void a_backup_after_a_crash_is_whole_whatever_snapshot_was_kept() throws IOException {
    List<Snapshot> all = days(3);
    repository.close();
    for (Snapshot kept : all) {
      int n = 1;
      while (isCutOff(all, kept, n)) {
        n++;
      }
      assertThat(n).as("steps of a prune").isGreaterThan(5);
    }
  }

  /** Cuts a prune off before its n-th change, and says whether it has so many. */
  private boolean isCutOff(List<Snapshot> all, Snapshot kept, int n) throws IOException {
    MemoryStorage left = copy(storage);
    Path states = temp.resolve(kept.id().shortForm() + n);
    copy(temp.resolve("states"), states);
    Crashing crashing = new Crashing(left, n, Fault.NOTHING_DONE);
    try (SharedRepository after = new SharedRepository(left, states)) {
      after.pass(Duration.between(after.now(), repository.now()));
      all.stream()
          .filter(snapshot -> !snapshot.id().equals(kept.id()))
          .forEach(snapshot -> after.open().snapshots().delete(snapshot.id()));
      crash(() -> after.prune(crashing, new PruneSettings(0, DAY, true, false)));
      images.put(after.backup("a", mail.root()).id(), SnapshotImage.of(mail.root()));
      assertThat(after.check().damage())
          .as("snapshot %s is kept, cut off before change %s", all.indexOf(kept), n)
          .isEmpty();
      assertAllRestore(after, "a");
    }
    return crashing.changes() >= n;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private void crash(Storage faulty) {
    crash(() -> repository.prune(faulty, false));
  }

  private static void crash(Supplier<PruneReport> prune) {
    try {
      Object _ = prune.get();
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
}
