package org.mailkeep.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;
import org.mailkeep.storage.ObjectName;

class RepairSnapshotsTest extends RepairFixture {

  private List<Snapshot> snapshots() {
    return repository.repository().snapshots().list(_ -> {});
  }

  private void loseNoise() throws IOException {
    damage(blockOf("noise"));
    Object _ = repairPacks(_ -> true);
  }

  @Test
  void snapshots_that_lost_nothing_are_left_alone() {
    Map<ObjectName, Integer> before = objects();
    assertThat(repairSnapshots(true, false).isNothing()).isTrue();
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void one_that_lost_a_file_gets_one_beside_it_that_says_so_and_restores_all_else()
      throws IOException {
    Map<String, String> image = TreeImage.of(source);
    loseNoise();
    Map<ObjectName, Integer> before = objects();
    assertThat(repairSnapshots(false, true).made()).isOne();
    assertThat(objects()).as("a dry run changes nothing").isEqualTo(before);
    lost.clear();

    RepairSnapshots.Outcome outcome = repairSnapshots(false, false);
    assertThat(outcome.damaged()).isOne();
    assertThat(outcome.made()).isOne();
    assertThat(outcome.lostFiles()).isOne();
    assertThat(lost).containsExactly(snapshot.id().shortForm() + ":" + source + "/noise");
    assertThat(snapshots()).hasSize(2);
    Snapshot made = snapshots().getLast();
    assertThat(made.id()).as("the latest is the one that is whole").isNotEqualTo(snapshot.id());
    assertThat(made.manifest().time()).isEqualTo(snapshot.manifest().time());
    assertThat(made.manifest().host()).isEqualTo(snapshot.manifest().host());
    assertThat(made.manifest().unreadable().count()).isOne();
    assertThat(made.manifest().unreadable().failures().getFirst().path())
        .hasToString(source + "/noise");
    assertThat(made.manifest().root().files()).isEqualTo(snapshot.manifest().root().files() - 1);
    assertThat(made.manifest().root().size())
        .isEqualTo(snapshot.manifest().root().size() - 300_000);
    isExactBut(made, image, "noise");

    assertThat(repairSnapshots(false, false).made()).as("once is enough").isZero();
    assertThat(repairSnapshots(true, false).forgotten()).isOne();
    assertThat(snapshots()).containsExactly(made);
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void what_was_decided_of_a_damaged_snapshot_holds_for_the_repaired_one() throws IOException {
    SnapshotMarks marks = repository.repository().marks();
    Object _ = marks.add(snapshot.id(), Meaning.PINNED, Instant.EPOCH);
    loseNoise();
    Object _ = repairSnapshots(false, false);
    Object _ = repairSnapshots(false, false);
    Snapshot made = snapshots().getLast();
    assertThat(marks.list(_ -> {}))
        .filteredOn(mark -> mark.snapshot().equals(made.id()))
        .singleElement()
        .extracting(SnapshotMarks.Mark::meaning)
        .isEqualTo(Meaning.PINNED);
  }

  @Test
  void one_that_a_backup_has_healed_needs_no_repair() throws IOException {
    loseNoise();
    Object _ = repository.backup(source).run();
    assertThat(repairSnapshots(true, false).isNothing()).isTrue();
    assertThat(snapshots()).hasSize(2);
  }

  @Test
  void a_directory_that_lost_part_of_its_names_keeps_the_rest() throws IOException {
    for (int i = 0; i < 1500; i++) {
      Files.writeString(Files.createDirectories(source.resolve("many")).resolve("f" + i), "" + i);
    }
    snapshot = repository.backup(source).snapshot();
    long nodes =
        tables().stream()
            .flatMap(pack -> pack.locations().stream())
            .filter(block -> block.kind() == BlockKind.NODE)
            .count();
    assertThat(nodes).isGreaterThan(1);
    BlockLocation last =
        tables().stream()
            .flatMap(pack -> pack.locations().stream())
            .filter(block -> block.kind() == BlockKind.NODE)
            .reduce((_, block) -> block)
            .orElseThrow();
    damage(last);
    Object _ = repairPacks(_ -> true);
    RepairSnapshots.Outcome outcome = repairSnapshots(true, false);
    assertThat(outcome.damaged()).isPositive();
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void one_whose_manifest_does_not_open_stays_until_it_is_to_be_forgotten() throws IOException {
    ObjectName name = ObjectNames.of(ObjectKind.SNAPSHOT, snapshot.id());
    repository.flipBit(name, 1300);
    assertThat(repairSnapshots(false, false).hopeless()).isOne();
    assertThat(found).containsExactly(name + ": it does not open");
    assertThat(repository.storage().size(name)).isPresent();
    assertThat(repairSnapshots(true, false).forgotten()).isOne();
    assertThat(repository.storage().size(name)).isEmpty();
  }

  @Test
  void one_of_which_nothing_can_be_read_is_named_and_not_replaced() throws IOException {
    repository.objects("packs").forEach(repository.storage()::delete);
    Object _ = repairIndex();
    RepairSnapshots.Outcome outcome = repairSnapshots(false, false);
    assertThat(outcome.hopeless()).isOne();
    assertThat(outcome.made()).isZero();
    assertThat(snapshots()).containsExactly(snapshot);
  }

  @Test
  void cut_off_at_any_step_it_can_be_run_again() throws IOException {
    Map<String, String> image = TreeImage.of(source);
    loseNoise();
    int step = 0;
    boolean done = false;
    while (!done) {
      CutOff cut = new CutOff(repository.storage(), step);
      try {
        Object _ = repairSnapshots(repository.through(cut), true, false);
        done = true;
      } catch (StorageException e) {
        assertThat(e).hasMessage("Cut off on purpose");
      }
      assertThat(snapshots()).as("step %d", step).isNotEmpty();
      step++;
    }
    assertThat(step).isGreaterThan(3);
    assertThat(repository.check(true).isSound()).isTrue();
    isExactBut(snapshots().getLast(), image, "noise");
  }
}
