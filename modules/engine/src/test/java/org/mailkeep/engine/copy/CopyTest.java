package org.mailkeep.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.StoredObject;

/** Copies are repositories that need nobody. */
final class CopyTest {

  @TempDir private Path temp;
  private CopyFixture fixture;
  private FullKeys keys;

  @BeforeEach
  void create() throws IOException {
    fixture = new CopyFixture(temp);
    keys = fixture.source().keys();
    for (int i = 0; i < 3; i++) {
      Object _ = fixture.snapshot();
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_copy_with_the_same_keys_is_restored_without_the_source_and_any_host_state()
      throws IOException {
    MemoryStorage copy = fixture.sameKeys();
    CopyReport report =
        fixture.copy(fixture.source().storage(), copy, keys, fixture.newHost(), true);
    assertThat(report.copied()).isEqualTo(fixture.snapshots());
    assertThat(report.failed()).isEmpty();
    assertThat(report.resealed()).isFalse();
    fixture.assertExact(copy, keys);
    for (String folder : List.of("packs", "snapshots", "keys")) {
      for (ObjectName name : fixture.source().objects(folder)) {
        assertThat(copy.get(name)).isEqualTo(fixture.source().storage().get(name));
      }
    }
  }

  @Test
  void a_copy_under_other_keys_is_restored_with_these_and_none_of_the_sources() throws IOException {
    try (TestRepository other = new TestRepository(temp.resolve("other"))) {
      CopyReport report =
          fixture.copy(
              fixture.source().storage(), other.storage(), other.keys(), fixture.newHost(), true);
      assertThat(report.copied()).isEqualTo(fixture.snapshots());
      assertThat(report.resealed()).isTrue();
      fixture.assertExact(other.storage(), other.keys());
      assertThatThrownBy(() -> Repository.open(other.storage(), _ -> keys))
          .isInstanceOf(DamagedException.class);
      List<Snapshot> there = other.repository().snapshots().list(e -> assertThat(e).isNull());
      assertThat(there.get(2).manifest().parent()).hasValue(there.get(1).id());
    }
  }

  @Test
  void a_copy_under_other_keys_stores_of_changed_directories_the_differences() throws IOException {
    for (int i = 0; i < 12; i++) {
      Object _ = fixture.snapshot();
    }
    try (TestRepository other = new TestRepository(temp.resolve("other"))) {
      Path host = fixture.newHost();
      Object _ =
          fixture.copy(fixture.source().storage(), other.storage(), other.keys(), host, false);
      assertThat((double) other.size() / fixture.source().size()).isBetween(0.9, 1.05);
      // And so it is when more is added later.
      for (int i = 0; i < 3; i++) {
        Object _ = fixture.snapshot();
      }
      Object _ =
          fixture.copy(fixture.source().storage(), other.storage(), other.keys(), host, true);
      assertThat((double) other.size() / fixture.source().size()).isBetween(0.9, 1.05);
      fixture.assertExact(other.storage(), other.keys());
    }
  }

  @Test
  void what_is_there_is_not_copied_again_and_what_is_new_is() throws IOException {
    try (TestRepository other = new TestRepository(temp.resolve("other"))) {
      MemoryStorage same = fixture.sameKeys();
      for (boolean keepState : new boolean[] {true, false}) {
        Path host = fixture.newHost();
        copyTwice(same, keys, host, keepState);
        copyTwice(other.storage(), other.keys(), fixture.newHost(), keepState);
      }
      Object _ = fixture.copy(fixture.source().storage(), same, keys, fixture.newHost(), false);
      fixture.assertExact(same, keys);
      fixture.assertExact(other.storage(), other.keys());
    }
  }

  private void copyTwice(MemoryStorage to, FullKeys toKeys, Path host, boolean keepState)
      throws IOException {
    Object _ = fixture.copy(fixture.source().storage(), to, toKeys, host, false);
    List<StoredObject> before = objects(to);
    if (!keepState) {
      fixture.forget(host);
    }
    CopyReport again = fixture.copy(fixture.source().storage(), to, toKeys, host, false);
    assertThat(again.copied()).isEmpty();
    assertThat(again.present()).isEqualTo(fixture.snapshots().size());
    assertThat(again.storedBytes()).isZero();
    assertThat(objects(to)).isEqualTo(before);
    Snapshot more = fixture.snapshot();
    if (!keepState) {
      fixture.forget(host);
    }
    CopyReport third = fixture.copy(fixture.source().storage(), to, toKeys, host, false);
    assertThat(third.copied()).containsExactly(more);
    // A little mail more is a little more, also where nothing is remembered.
    assertThat(third.storedBytes()).isLessThan(size(before));
  }

  @Test
  void one_snapshot_can_be_copied_alone_with_all_that_its_packs_rest_on() throws IOException {
    for (int i = 0; i < 6; i++) {
      Object _ = fixture.snapshot();
    }
    Snapshot last = fixture.snapshots().getLast();
    MemoryStorage copy = fixture.sameKeys();
    CopyReport report =
        fixture.copy(
            fixture.source().storage(),
            copy,
            keys,
            fixture.newHost(),
            false,
            List.of(last),
            CopyObserver.SILENT);
    assertThat(report.copied()).containsExactly(last);
    fixture.assertExact(copy, keys, List.of(last));
  }

  @Test
  void a_snapshot_that_needs_a_damaged_pack_is_named_and_the_others_are_copied()
      throws IOException {
    MemoryStorage copy = fixture.sameKeys();
    Object _ = fixture.copy(fixture.source().storage(), copy, keys, fixture.newHost(), false);
    List<ObjectName> before = fixture.source().objects("packs");
    Snapshot hurt = fixture.snapshot();
    ObjectName pack =
        fixture.source().objects("packs").stream()
            .filter(name -> !before.contains(name))
            .findFirst()
            .orElseThrow();
    fixture.source().flipBit(pack, 1300);
    CopyReport report =
        fixture.copy(fixture.source().storage(), copy, keys, fixture.newHost(), false);
    assertThat(report.copied()).isEmpty();
    assertThat(report.failed()).extracting(CopyReport.Failed::snapshot).containsExactly(hurt);
    assertThat(report.failed().getFirst().reason()).hasMessageContaining(pack.toString());
    assertThat(copy.size(pack)).isEmpty();
    fixture.assertExact(copy, keys, fixture.snapshots().subList(0, 3));
  }

  @Test
  void slots_come_and_go_in_the_copy_as_in_the_source() throws IOException {
    SecureRandom random = new SecureRandom();
    Repository source = fixture.source().repository();
    MemoryStorage storage = fixture.sameKeys();
    Repository copy = Repository.open(storage, _ -> keys);
    List<KeySlot> first = source.slots().list(e -> assertThat(e).isNull());
    KeySlot second =
        new NewSlot(source.config().id(), keys, "second", Instant.now())
            .lock(KeyFile.generate(random), random);
    source.slots().add(second);
    SlotCarrying carrying = new SlotCarrying(source, copy, CopyObserver.SILENT);
    assertThat(carrying.carry().added()).hasSize(1);
    assertThat(copy.slots().names()).hasSize(2);
    source.slots().remove(first, keys);
    assertThat(carrying.carry().removed()).hasSize(1);
    assertThat(copy.slots().names()).containsExactly(second.objectName());
    assertThat(carrying.carry()).isEqualTo(new SlotCarrying.Outcome(List.of(), List.of()));
  }

  @Test
  void slots_that_were_damaged_or_forged_in_the_source_do_no_harm_in_the_copy() {
    SecureRandom random = new SecureRandom();
    Repository source = fixture.source().repository();
    MemoryStorage storage = fixture.sameKeys();
    Repository copy = Repository.open(storage, _ -> keys);
    List<String> before = copy.slots().names();
    fixture.source().flipBit(ObjectName.of(before.getFirst()), 200);
    FullKeys others = FullKeys.generate(random);
    source
        .slots()
        .add(
            new NewSlot(source.config().id(), others, "", Instant.now())
                .lock(KeyFile.generate(random), random));
    SlotCarrying.Outcome outcome = new SlotCarrying(source, copy, CopyObserver.SILENT).carry();
    assertThat(outcome).isEqualTo(new SlotCarrying.Outcome(List.of(), List.of()));
    assertThat(copy.slots().names()).isEqualTo(before);
  }

  @Test
  void the_last_full_slot_of_a_copy_stays_even_if_the_source_lost_all_of_its_own() {
    MemoryStorage storage = fixture.sameKeys();
    Repository copy = Repository.open(storage, _ -> keys);
    List<String> before = copy.slots().names();
    before.forEach(name -> fixture.source().storage().delete(ObjectName.of(name)));
    List<String> warnings = new ArrayList<>();
    CopyObserver observer =
        new CopyObserver() {
          @Override
          public void warning(String text) {
            warnings.add(text);
          }
        };
    Object _ = new SlotCarrying(fixture.source().repository(), copy, observer).carry();
    assertThat(copy.slots().names()).isEqualTo(before);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void a_writer_cannot_copy_for_it_cannot_read() {
    MemoryStorage copy = fixture.sameKeys();
    try (Repository writer = Repository.open(fixture.source().storage(), _ -> keys.writer());
        Repository target = Repository.open(copy, _ -> keys.writer());
        StateDatabase from = StateDatabase.open(temp.resolve("from"));
        StateDatabase to = StateDatabase.open(temp.resolve("to"))) {
      CopySettings settings = new CopySettings(false, 1, new Cancellation());
      Copy attempt = new Copy(writer, from, settings, CopyObserver.SILENT);
      assertThatThrownBy(() -> attempt.run(fixture.snapshots(), target, to))
          .isInstanceOf(KeyException.class);
    }
  }

  @Test
  void progress_tells_what_is_copied() throws IOException {
    List<String> told = new ArrayList<>();
    CopyObserver observer =
        new CopyObserver() {
          @Override
          public void planned(int snapshots) {
            told.add("planned " + snapshots);
          }

          @Override
          public void snapshot(Snapshot snapshot) {
            told.add(snapshot.id().shortForm());
          }
        };
    List<Snapshot> backwards = fixture.snapshots().reversed();
    Object _ =
        fixture.copy(
            fixture.source().storage(),
            fixture.sameKeys(),
            keys,
            fixture.newHost(),
            false,
            backwards,
            observer);
    assertThat(told.getFirst()).isEqualTo("planned 3");
    assertThat(told.subList(1, 4))
        .isEqualTo(fixture.snapshots().stream().map(s -> s.id().shortForm()).toList());
  }

  @Test
  void large_files_with_recipes_of_their_own_go_along() throws IOException {
    byte[] noise = new byte[20 << 20];
    new SplittableRandom(4).nextBytes(noise);
    Files.write(fixture.mail().resolve("noise"), noise);
    Object _ = fixture.snapshot();
    MemoryStorage same = fixture.sameKeys();
    Object _ = fixture.copy(fixture.source().storage(), same, keys, fixture.newHost(), true);
    fixture.assertExact(same, keys);
    try (TestRepository other = new TestRepository(temp.resolve("other"))) {
      Object _ =
          fixture.copy(
              fixture.source().storage(), other.storage(), other.keys(), fixture.newHost(), true);
      fixture.assertExact(other.storage(), other.keys());
    }
  }

  private static List<StoredObject> objects(MemoryStorage storage) {
    List<StoredObject> objects = new ArrayList<>();
    storage.list(ObjectFolder.ROOT, objects::add);
    return objects;
  }

  private static long size(List<StoredObject> objects) {
    return objects.stream().mapToLong(StoredObject::size).sum();
  }
}
