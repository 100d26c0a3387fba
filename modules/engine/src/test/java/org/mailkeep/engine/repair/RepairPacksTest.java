package org.mailkeep.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.pack.SetAsidePacks;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.BadSectors;
import org.mailkeep.storage.ObjectName;

class RepairPacksTest extends RepairFixture {

  @Test
  void packs_that_are_sound_are_left_alone() {
    Map<ObjectName, Integer> before = objects();
    RepairPacks.Outcome outcome = repairPacks(_ -> true);
    assertThat(outcome.looked()).isEqualTo(repository.objects("packs").size());
    assertThat(outcome.isNothing()).isTrue();
    assertThat(objects()).isEqualTo(before);
    assertThat(found).isEmpty();
  }

  @Test
  void what_opens_is_saved_and_the_rest_is_stored_again_by_the_next_backup() throws IOException {
    Map<String, String> image = TreeImage.of(source);
    BlockLocation block = blockOf("noise");
    damage(block);
    Map<ObjectName, Integer> before = objects();
    RepairPacks.Outcome planned = repairPacks(repository.repository(), _ -> true, true);
    assertThat(objects()).as("a dry run changes nothing").isEqualTo(before);
    RepairPacks.Outcome outcome = repairPacks(_ -> true);
    assertThat(outcome.damaged()).isEqualTo(planned.damaged()).isOne();
    assertThat(outcome.lostBlocks()).isEqualTo(planned.lostBlocks()).isOne();
    assertThat(outcome.savedBlocks()).isEqualTo(planned.savedBlocks()).isPositive();
    assertThat(outcome.lostChunks()).isEqualTo(planned.lostChunks()).isPositive();

    CheckReport report = repository.check(true);
    assertThat(report.lost()).hasSize(1);
    assertThat(report.lost().getFirst().path()).hasToString(source + "/noise");
    assertThat(report.notes()).singleElement().asString().contains("set aside");
    assertThat(repository.storage().size(name(block))).as("it stays where it is").isPresent();
    isExactBut(snapshot, image, "noise");
    assertThat(repairPacks(_ -> true).isNothing()).as("once is enough").isTrue();

    Snapshot later = repository.backup(source).snapshot();
    assertThat(repository.check(true).isSound()).isTrue();
    isExactBut(later, image);
    isExactBut(snapshot, image);
  }

  @Test
  void a_host_whose_state_is_gone_does_not_believe_what_was_set_aside() throws IOException {
    Map<String, String> image = TreeImage.of(source);
    damage(blockOf("noise"));
    Object _ = repairPacks(_ -> true);
    repository.loseState();
    isExactBut(repository.backup(source).snapshot(), image);
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void a_truncated_pack_is_found_without_suspicion_and_its_beginning_saved() throws IOException {
    BlockLocation block = blockOf("sound");
    byte[] whole = repository.storage().get(name(block));
    repository.storage().overwrite(name(block), Arrays.copyOf(whole, (int) block.offset() + 100));
    RepairPacks.Outcome outcome = repairPacks(_ -> false);
    assertThat(outcome.damaged()).isPositive();
    assertThat(outcome.lostBlocks()).isPositive();
  }

  @Test
  void a_pack_whose_own_table_is_damaged_loses_nothing() throws IOException {
    Map<String, String> image = TreeImage.of(source);
    ObjectName pack = repository.objects("packs").getFirst();
    repository.flipBit(pack, repository.storage().get(pack).length - 20);
    RepairPacks.Outcome outcome = repairPacks(_ -> true);
    assertThat(outcome.damaged()).isOne();
    assertThat(outcome.lostChunks()).isZero();
    assertThat(repository.check(true).isSound()).isTrue();
    isExactBut(snapshot, image);
  }

  @Test
  void a_difference_to_a_lost_node_goes_with_it_and_a_backup_heals_both() throws IOException {
    for (int i = 0; i < 400; i++) {
      Files.writeString(source.resolve("file" + i), "content " + i);
    }
    Object _ = repository.backup(source).run();
    Files.writeString(source.resolve("file7"), "changed");
    Object _ = repository.backup(source).run();
    Map<String, String> image = TreeImage.of(source);
    BlockLocation base = baseElsewhere();
    damage(base);
    RepairPacks.Outcome outcome = repairPacks(base.pack()::equals);
    assertThat(outcome.damaged()).as("the one with the difference too").isGreaterThan(1);
    assertThat(outcome.lostBlocks()).isGreaterThan(1);
    Snapshot healed = repository.backup(source).snapshot();
    isExactBut(healed, image);
    assertThat(repository.check(true).damage()).allMatch(d -> d.object().startsWith("chunk"));
  }

  /** A block that a difference in another pack is made to. */
  private BlockLocation baseElsewhere() {
    Map<ChunkId, ObjectId> needing = new HashMap<>();
    for (PackTable pack : tables()) {
      for (BlockLocation block : pack.locations()) {
        block.bases().forEach(base -> needing.put(base, pack.pack()));
      }
    }
    return tables().stream()
        .flatMap(
            pack ->
                pack.locations().stream()
                    .filter(
                        block ->
                            pack.blocks().get(block.number()).chunks().stream()
                                .map(ChunkRef::id)
                                .anyMatch(
                                    id ->
                                        needing.containsKey(id)
                                            && !pack.pack().equals(needing.get(id)))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void suspicion_leads_to_the_pack_that_holds_the_base() throws IOException {
    for (int i = 0; i < 400; i++) {
      Files.writeString(source.resolve("file" + i), "content " + i);
    }
    Object _ = repository.backup(source).run();
    Files.writeString(source.resolve("file7"), "changed");
    Object _ = repository.backup(source).run();
    PackTable delta =
        tables().stream()
            .filter(pack -> pack.blocks().stream().anyMatch(block -> block.depth() > 0))
            .findFirst()
            .orElseThrow();
    tables().stream()
        .filter(pack -> !pack.equals(delta))
        .flatMap(pack -> pack.locations().stream())
        .filter(block -> block.kind() == BlockKind.NODE && block.depth() == 0)
        .forEach(this::damage);
    assertThat(repairPacks(delta.pack()::equals).damaged()).isGreaterThan(1);
  }

  @Test
  void bad_sectors_are_mended_by_parity_and_the_pack_is_written_anew() throws IOException {
    repository.repository().paritySetting().set(OptionalInt.of(5));
    Files.write(source.resolve("later"), noise(3, 2_000_000));
    snapshot = repository.backup(source).snapshot();
    Map<String, String> image = TreeImage.of(source);
    BlockLocation block = blockOf("later");
    BadSectors disk = new BadSectors(repository.storage());
    disk.lose(name(block), 0);
    disk.lose(name(block), block.offset() / BadSectors.SECTOR + 3);
    RepairPacks.Outcome outcome = repairPacks(repository.through(disk), _ -> true, false);
    assertThat(outcome.damaged()).isOne();
    assertThat(outcome.mended()).isOne();
    assertThat(outcome.lostChunks()).isZero();
    repository.storage().delete(name(block));
    assertThat(repository.check(true).isSound()).isTrue();
    isExactBut(snapshot, image);
    assertThat(tables())
        .as("the new pack has parity")
        .anyMatch(pack -> repository.repository().parity().exists(pack.pack()));
  }

  @Test
  void what_was_set_aside_is_removed_when_that_is_asked_for_and_not_before() throws IOException {
    BlockLocation block = blockOf("noise");
    damage(block);
    RepairPacks packs = new RepairPacks(repository.repository(), observer, new Cancellation());
    Object _ = packs.run(_ -> true, false);
    assertThat(packs.deleteSetAside(true)).isOne();
    assertThat(repository.storage().size(name(block))).isPresent();
    assertThat(packs.deleteSetAside(false)).isOne();
    assertThat(repository.storage().size(name(block))).isEmpty();
    assertThat(repository.storage().size(SetAsidePacks.name(block.pack()))).isEmpty();
    assertThat(packs.deleteSetAside(false)).isZero();
    assertThat(repository.check(true).notes()).isEmpty();
  }

  @Test
  void cut_off_at_any_step_it_can_be_run_again_and_nothing_more_is_lost() throws IOException {
    int step = 0;
    boolean done = false;
    while (!done) {
      BlockLocation block = blockOf("noise");
      damage(block);
      CutOff cut = new CutOff(repository.storage(), step);
      try {
        Object _ = repairPacks(repository.through(cut), _ -> true, false);
        done = true;
      } catch (StorageException e) {
        assertThat(e).hasMessage("Cut off on purpose");
      }
      assertThat(paths(repository.check(true))).as("step %d", step).containsOnly("noise");
      Object _ = repairIndex();
      Object _ = repairPacks(_ -> true);
      assertThat(paths(repository.check(true))).as("step %d", step).containsOnly("noise");
      Object _ = repository.backup(source).run();
      assertThat(repository.check(true).isSound()).as("step %d", step).isTrue();
      Object _ =
          new RepairPacks(repository.repository(), observer, new Cancellation())
              .deleteSetAside(false);
      step++;
    }
    assertThat(step).isGreaterThan(2);
  }

  private List<String> paths(CheckReport report) {
    return report.lost().stream()
        .map(file -> file.path().text().substring(source.toString().length() + 1))
        .distinct()
        .toList();
  }
}
