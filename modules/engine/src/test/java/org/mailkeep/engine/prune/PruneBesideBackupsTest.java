package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StoredObject;

/** Prunes beside backups and other prunes: what each may rely on. */
class PruneBesideBackupsTest extends PrunedRepository {

  @Test
  void a_backup_that_ends_between_the_index_and_the_list_of_snapshots_is_seen() throws IOException {
    for (boolean atOnce : new boolean[] {false, true}) {
      days(8).subList(0, 7).forEach(this::forget);
      Object _ = repository.prune();
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
                  all.forEach(PruneBesideBackupsTest.this::forget);
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
                  all.forEach(PruneBesideBackupsTest.this::forget);
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

  @Test
  void a_backup_that_stands_still_for_a_day_stores_no_difference_to_what_is_gone()
      throws IOException {
    Object _ = days(2);
    int moments = 0;
    for (int n = 0; isBackupStandingStillAt(n); n += 1 + n / 2) {
      assertThat(repository.check().damage()).as("at %s", n).isEmpty();
      moments++;
    }
    assertSound();
    assertThat(moments).isGreaterThan(3);
  }

  /** False where the backup did not look at so many directories. */
  private boolean isBackupStandingStillAt(int n) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Object _ = mail.live(15);
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
                if (asked.getAndIncrement() == n) {
                  repository.snapshots().forEach(PruneBesideBackupsTest.this::forget);
                  Object _ = repository.prune();
                  repository.pass(DAY);
                  assertThat(repository.prune().removed().packs()).isPositive();
                }
              }
            });
    images.put(late.id(), image);
    return asked.get() > n;
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
                  all.forEach(PruneBesideBackupsTest.this::forget);
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
