package org.mailkeep.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectName;

class RepairIndexTest extends RepairFixture {

  private void makeSecondPack() throws IOException {
    Files.write(source.resolve("later"), noise(3, 200_000));
    Object _ = repository.backup(source).run();
  }

  @Test
  void an_index_in_order_is_left_alone() {
    Map<ObjectName, Integer> before = objects();
    assertThat(repairIndex().isNothing()).isTrue();
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void a_segment_that_does_not_open_is_replaced_by_what_the_packs_say() throws IOException {
    makeSecondPack();
    ObjectName segment = repository.objects("index").getFirst();
    repository.flipBit(segment, 60);
    Map<ObjectName, Integer> before = objects();
    RepairIndex.Outcome planned = repairIndex(repository.repository(), true);
    assertThat(objects()).as("a dry run changes nothing").isEqualTo(before);
    RepairIndex.Outcome outcome = repairIndex();
    assertThat(planned.replaced()).isEqualTo(outcome.replaced()).isOne();
    assertThat(planned.added()).isEqualTo(outcome.added()).isPositive();
    assertThat(found)
        .contains(segment + ": it does not open; what it said is taken from the packs");
    assertThat(repository.objects("index")).doesNotContain(segment);
    assertThat(repository.check(true).isSound()).isTrue();
    assertThat(repository.check(true).notes()).isEmpty();
    assertThat(repairIndex().isNothing()).as("once is enough").isTrue();
  }

  @Test
  void after_a_lost_pack_a_backup_stores_again_what_it_had_and_old_snapshots_are_whole_again()
      throws IOException {
    Map<String, String> image = TreeImage.of(source);
    ObjectName gone = name(blockOf("noise"));
    repository.storage().delete(gone);
    assertThat(repository.check(false).lostCount()).isPositive();
    RepairIndex.Outcome outcome = repairIndex();
    assertThat(outcome.missing()).isOne();
    assertThat(outcome.replaced()).isOne();
    assertThat(found).singleElement().asString().startsWith(gone + ": it is missing");
    assertThat(repairIndex().isNothing()).isTrue();

    Snapshot healed = repository.backup(source).snapshot();
    assertThat(repository.check(true).isSound()).as("the old ones are healed too").isTrue();
    isExactBut(healed, image);
  }

  @Test
  void packs_that_no_segment_names_are_named() {
    repository.storage().delete(repository.objects("index").getFirst());
    RepairIndex.Outcome outcome = repairIndex();
    assertThat(outcome.added()).isOne();
    assertThat(repository.check(false).notes()).isEmpty();
  }

  @Test
  void all_of_it_can_be_made_anew_and_what_a_pack_no_longer_says_is_kept() throws IOException {
    makeSecondPack();
    List<ObjectName> before = repository.objects("index");
    ObjectName pack = repository.objects("packs").getFirst();
    repository.flipBit(pack, repository.storage().get(pack).length - 20);
    RepairIndex.Outcome outcome =
        new RepairIndex(repository.repository(), observer, new Cancellation()).run(true, false);
    assertThat(outcome.replaced()).isEqualTo(before.size());
    assertThat(outcome.unreadable()).isOne();
    assertThat(repository.objects("index")).doesNotContainAnyElementsOf(before);
    repository.flipBit(pack, repository.storage().get(pack).length - 20);
    assertThat(repository.check(true).isSound()).isTrue();
    assertThat(repository.check(true).notes()).isEmpty();
  }

  @Test
  void cut_off_at_any_step_it_can_be_run_again() throws IOException {
    makeSecondPack();
    int step = 0;
    boolean done = false;
    while (!done) {
      ObjectName segment = repository.objects("index").getFirst();
      repository.flipBit(segment, 60);
      CutOff cut = new CutOff(repository.storage(), step);
      try {
        Object _ = repairIndex(repository.through(cut), false);
        done = true;
      } catch (StorageException e) {
        assertThat(e).hasMessage("Cut off on purpose");
      }
      assertThat(repository.check(true).lostCount()).as("step %d", step).isZero();
      Object _ = repairIndex();
      assertThat(repository.check(true).isSound()).as("step %d", step).isTrue();
      assertThat(repository.storage().size(segment)).isEmpty();
      step++;
    }
    assertThat(step).isGreaterThan(1);
  }

  @Test
  void it_stops_on_request() {
    Cancellation stop = new Cancellation();
    stop.request();
    assertThatThrownBy(
            () -> new RepairIndex(repository.repository(), observer, stop).run(false, false))
        .isInstanceOf(Cancellation.CancelledException.class);
  }
}
