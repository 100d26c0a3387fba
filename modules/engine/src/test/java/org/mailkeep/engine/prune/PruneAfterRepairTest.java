package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.repair.RepairObserver;
import org.mailkeep.engine.repair.RepairPacks;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.pack.SetAsidePacks;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.testkit.mail.MailTree;

/** A prune leaves alone what a repair set aside, and takes parity along. */
class PruneAfterRepairTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path temp;
  private final MemoryStorage storage = new MemoryStorage();
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

  private void days(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Object _ = mail.live(15);
      Object _ = repository.backup("a", mail.root());
      repository.pass(DAY);
    }
  }

  private void forgetAllButTheLast() {
    List<Snapshot> all = repository.snapshots();
    all.subList(0, all.size() - 1).forEach(old -> repository.open().snapshots().delete(old.id()));
  }

  private List<ObjectId> packs() {
    List<ObjectId> packs = new ArrayList<>();
    storage.list(
        ObjectNames.folder(ObjectKind.PACK),
        object -> ObjectNames.id(ObjectKind.PACK, object.name()).ifPresent(packs::add));
    return packs;
  }

  private List<ObjectId> packsWithParity() {
    List<ObjectId> packs = new ArrayList<>();
    storage.list(
        PackParity.folder(), object -> PackParity.pack(object.name()).ifPresent(packs::add));
    return packs;
  }

  private List<ObjectId> named() {
    Repository open = repository.open();
    return open.segments().list().stream()
        .flatMap(segment -> open.segments().read(segment).stream())
        .map(PackTable::pack)
        .toList();
  }

  /** Damages the table of a pack, of which all blocks can be saved, and repairs. */
  private ObjectId setOneAside() {
    ObjectId pack = packs().getFirst();
    byte[] bytes = storage.get(PackReader.name(pack));
    bytes[bytes.length - 1] ^= 1;
    storage.overwrite(PackReader.name(pack), bytes);
    Object _ =
        new RepairPacks(repository.open(), RepairObserver.SILENT, new Cancellation())
            .run(_ -> true, false);
    assertThat(repository.open().setAside().contains(pack)).isTrue();
    return pack;
  }

  private List<PruneReport> pruneToTheEnd() {
    List<PruneReport> reports = new ArrayList<>();
    do {
      reports.add(repository.prune());
      repository.pass(DAY.plusHours(1));
    } while (reports.getLast().next().isPresent() && reports.size() < 6);
    assertThat(reports.getLast().next()).isEmpty();
    return reports;
  }

  @Test
  void a_pack_that_was_set_aside_is_not_counted_nor_named_nor_condemned_nor_removed()
      throws IOException {
    days(4);
    ObjectId aside = setOneAside();
    int others = packs().size() - 1;
    forgetAllButTheLast();
    List<PruneReport> reports = pruneToTheEnd();
    assertThat(reports.getFirst().before().packs()).isEqualTo(others);
    assertThat(reports.stream().mapToLong(report -> report.removed().packs()).sum()).isPositive();
    assertThat(packs()).contains(aside);
    assertThat(named()).doesNotContain(aside);
    assertThat(storage.size(SetAsidePacks.name(aside))).isPresent();
    assertThat(repository.check().isSound()).isTrue();
  }

  @Test
  void a_list_that_condemned_a_pack_before_it_was_set_aside_goes_and_the_pack_stays()
      throws IOException {
    days(4);
    ObjectId aside = packs().getFirst();
    Object _ = repository.open().condemned().write(repository.now(), DAY, List.of(aside));
    assertThat(setOneAside()).isEqualTo(aside);
    Object _ = pruneToTheEnd();
    assertThat(repository.count("condemned")).isZero();
    assertThat(packs()).contains(aside);
    assertThat(repository.check().isSound()).isTrue();
  }

  @Test
  void a_host_that_had_not_named_a_pack_yet_does_not_name_it_once_it_was_set_aside()
      throws IOException {
    days(2);
    // The host stored the packs, and somebody lost the segments.
    repository.open().segments().list().forEach(repository.open().segments()::delete);
    LocalIndex index = repository.open().index(repository.state("b"));
    Object _ = repository.open().sync(index).pull();
    assertThat(index.unpublishedIds()).hasSameSizeAs(packs());
    ObjectId aside = packs().getFirst();
    repository.open().setAside().add(aside);
    Object _ = repository.open().sync(index).pull();
    assertThat(index.unpublishedIds()).hasSize(packs().size() - 1).doesNotContain(aside);
  }

  @Test
  void parity_goes_with_its_pack_and_new_packs_get_it() throws IOException {
    repository.open().paritySetting().set(OptionalInt.of(5));
    days(6);
    List<ObjectId> before = packs();
    assertThat(packsWithParity()).containsExactlyInAnyOrderElementsOf(before);
    forgetAllButTheLast();
    List<PruneReport> reports = pruneToTheEnd();
    assertThat(reports.stream().mapToLong(report -> report.written().packs()).sum()).isPositive();
    assertThat(packs()).isNotEqualTo(before);
    assertThat(packsWithParity()).containsExactlyInAnyOrderElementsOf(packs());
    assertThat(repository.check().notes()).isEmpty();
  }

  @Test
  void parity_goes_too_where_all_goes_at_once() throws IOException {
    repository.open().paritySetting().set(OptionalInt.of(5));
    days(6);
    forgetAllButTheLast();
    assertThat(repository.prune(storage, true).removed().packs()).isPositive();
    assertThat(packsWithParity()).containsExactlyInAnyOrderElementsOf(packs());
  }

  @Test
  void parity_that_a_removal_left_behind_is_removed_by_the_next_prune() throws IOException {
    days(2);
    ObjectId gone = ObjectId.generate(new SecureRandom());
    storage.put(PackParity.name(gone), ObjectContent.of(new byte[100]));
    storage.put(ObjectFolder.ROOT.folder("parity").object("note"), ObjectContent.of(new byte[1]));
    assertThat(repository.prune().undeletable()).isZero();
    assertThat(packsWithParity()).isEmpty();
    assertThat(repository.count("parity")).as("what is not ours stays").isOne();
  }
}
