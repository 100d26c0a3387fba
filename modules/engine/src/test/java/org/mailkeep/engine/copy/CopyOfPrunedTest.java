package org.mailkeep.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.repair.RepairObserver;
import org.mailkeep.engine.repair.RepairPacks;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.snapshot.SnapshotMarks;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StoredObject;

/** Copies between places in which prunes and repairs are at work, and what goes along with them. */
class CopyOfPrunedTest {

  @TempDir private Path temp;
  private CopyFixture fixture;
  private FullKeys keys;
  private MemoryStorage copy;
  private Path host;

  @BeforeEach
  void create() throws IOException {
    fixture = new CopyFixture(temp);
    keys = fixture.source().keys();
    for (int i = 0; i < 3; i++) {
      Object _ = fixture.snapshot();
    }
    copy = fixture.sameKeys();
    host = fixture.newHost();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private CopyReport copy() {
    return fixture.copy(fixture.source().storage(), copy, keys, host, true);
  }

  private Repository open(Storage storage) {
    return Repository.open(storage, _ -> keys);
  }

  private static List<ObjectName> objects(Storage storage, ObjectFolder folder) {
    List<ObjectName> names = new ArrayList<>();
    storage.list(folder, object -> names.add(object.name()));
    return names;
  }

  private static List<ObjectId> packs(Storage storage) {
    return objects(storage, ObjectNames.folder(ObjectKind.PACK)).stream()
        .map(name -> ObjectNames.id(ObjectKind.PACK, name).orElseThrow())
        .toList();
  }

  private void condemn(Storage storage, List<ObjectId> packs) {
    Object _ = open(storage).condemned().write(Instant.now(), Duration.ofDays(1), packs);
  }

  private void forgetAllIn(Storage storage) {
    open(storage).snapshots().ids().forEach(open(storage).snapshots()::delete);
  }

  /** Damages a pack's table, so that all of its blocks are saved elsewhere. */
  private ObjectId setOneAside(MemoryStorage storage) {
    ObjectId pack = packs(storage).getFirst();
    byte[] bytes = storage.get(PackReader.name(pack));
    bytes[bytes.length - 1] ^= 1;
    storage.overwrite(PackReader.name(pack), bytes);
    Object _ = repair(storage).run(_ -> true, false);
    assertThat(open(storage).setAside().contains(pack)).isTrue();
    return pack;
  }

  private RepairPacks repair(Storage storage) {
    return new RepairPacks(open(storage), RepairObserver.SILENT, new Cancellation());
  }

  @Test
  void a_source_with_condemned_packs_and_packs_set_aside_is_copied_exactly() throws IOException {
    ObjectId aside = setOneAside(fixture.source().storage());
    condemn(fixture.source().storage(), packs(fixture.source().storage()));
    assertThat(copy().failed()).isEmpty();
    assertThat(packs(copy)).isNotEmpty().doesNotContain(aside);
    fixture.assertExact(copy, keys);
  }

  @Test
  void nothing_new_in_the_copy_depends_on_packs_that_are_condemned_there() throws IOException {
    Object _ = copy();
    forgetAllIn(copy);
    List<ObjectId> condemned = packs(copy);
    condemn(copy, condemned);
    assertThat(copy().copied()).hasSize(3);
    condemned.forEach(pack -> copy.delete(PackReader.name(pack)));
    fixture.assertExact(copy, keys);
  }

  @Test
  void nothing_in_the_copy_depends_on_a_pack_that_was_set_aside_there() throws IOException {
    Object _ = copy();
    forgetAllIn(copy);
    ObjectId aside = setOneAside(copy);
    // What the repair saved is lost as well, so that the source's pack is needed again.
    objects(copy, ObjectNames.folder(ObjectKind.INDEX)).forEach(copy::delete);
    packs(copy).stream()
        .filter(pack -> !pack.equals(aside))
        .forEach(pack -> copy.delete(PackReader.name(pack)));
    assertThat(copy().copied()).hasSize(3);
    assertThat(repair(copy).deleteSetAside(false)).isOne();
    fixture.assertExact(copy, keys);
  }

  @Test
  void a_prune_of_the_copy_that_takes_away_what_the_copying_relies_on_stops_it()
      throws IOException {
    Object _ = copy();
    forgetAllIn(copy);
    Storage pruned =
        new ForwardingStorage(copy) {
          private int pulls;

          @Override
          public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
            if (folder.equals(ObjectNames.folder(ObjectKind.INDEX)) && ++pulls == 2) {
              objects(copy, folder).forEach(copy::delete);
              packs(copy).forEach(pack -> copy.delete(PackReader.name(pack)));
            }
            super.list(folder, each);
          }
        };
    assertThatThrownBy(() -> fixture.copy(fixture.source().storage(), pruned, keys, host, false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a prune removed content");
    assertThat(open(copy).snapshots().ids()).isEmpty();
    assertThat(copy().copied()).hasSize(3);
    fixture.assertExact(copy, keys);
  }

  @Test
  void a_copy_without_a_setting_for_parity_gets_that_of_the_source_and_parity_with_it() {
    fixture.source().repository().paritySetting().set(OptionalInt.of(5));
    Object _ = copy();
    Repository there = open(copy);
    assertThat(there.paritySetting().percent()).hasValue(5);
    assertThat(packs(copy)).isNotEmpty().allMatch(there.parity()::isWhole);

    there.paritySetting().set(OptionalInt.of(9));
    Object _ = copy();
    assertThat(there.paritySetting().percent()).as("its own stays").hasValue(9);
  }

  private Set<String> marks(Storage storage, FullKeys with) {
    Repository there = Repository.open(storage, _ -> with);
    return there.marks().list(e -> assertThat(e).isNull()).stream()
        .map(
            mark ->
                mark.meaning() + " " + there.snapshots().load(mark.snapshot()).manifest().time())
        .collect(Collectors.toSet());
  }

  @Test
  void what_was_decided_of_snapshots_goes_along_once_and_is_not_taken_back() {
    SnapshotMarks marks = fixture.source().repository().marks();
    SnapshotMarks.Mark pin =
        marks.add(fixture.snapshots().getFirst().id(), SnapshotMarks.Meaning.PINNED, Instant.now());
    Object _ =
        marks.add(
            fixture.snapshots().getLast().id(), SnapshotMarks.Meaning.ACCEPTED, Instant.now());
    Set<String> all = marks(fixture.source().storage(), keys);
    try (TestRepository other = new TestRepository(temp.resolve("other"))) {
      Path otherHost = fixture.newHost();
      for (int i = 0; i < 2; i++) {
        Object _ = copy();
        Object _ =
            fixture.copy(
                fixture.source().storage(), other.storage(), other.keys(), otherHost, false);
        assertThat(marks(copy, keys)).isEqualTo(all).hasSize(2);
        assertThat(marks(other.storage(), other.keys())).isEqualTo(all);
        assertThat(other.objects("marks")).hasSize(2);
      }
      marks.remove(pin);
      Object _ = copy();
      assertThat(marks(copy, keys)).isEqualTo(all);
    }
  }
}
