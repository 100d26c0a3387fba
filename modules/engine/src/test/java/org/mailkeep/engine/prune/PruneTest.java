package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** What a prune removes, and when. */
class PruneTest extends PrunedRepository {

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
  @Tag("slow")
  void many_small_packs_and_segments_become_few() throws IOException {
    for (int i = 0; i < 130; i++) {
      Object _ = mail.deliver();
      Object _ = backup();
    }
    assertThat(repository.count("index")).isEqualTo(130);
    Object _ = repository.prune();
    repository.pass(DAY);
    Object _ = repository.prune();
    assertThat(repository.count("index")).isLessThan(4);
    assertThat(repository.count("packs")).isLessThan(4);
    assertSound();
  }

  @Test
  void a_prune_after_the_time_of_grace_leaves_the_packs_of_one_day_alone() throws IOException {
    days(10).subList(0, 9).forEach(this::forget);
    Object _ = repository.prune();
    for (int hour = 0; hour < 25; hour++) {
      repository.pass(Duration.ofHours(1));
      Object _ = mail.live(3);
      Object _ = backup();
    }
    PruneReport second = repository.prune();
    assertThat(second.removed().packs()).isPositive();
    assertThat(second.condemned().packs()).isZero();
    assertThat(repository.count("condemned")).isZero();
    assertSound();
  }
}
