package org.mailkeep.engine.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.prune.Prune;
import org.mailkeep.engine.prune.PruneObserver;
import org.mailkeep.engine.prune.PruneSettings;
import org.mailkeep.engine.repair.RepairObserver;
import org.mailkeep.engine.repair.RepairPacks;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.parity.ParitySetting;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.mail.MailTree;

/**
 * A small repository after a long life: there are objects of every kind, and of each kind that may
 * go some are gone, whose bytes are kept here.
 */
final class RottingRepository implements AutoCloseable {

  private static final SecureRandom SECURE = new SecureRandom();
  private static final Duration GRACE = Duration.ofDays(1);

  private final SplittableRandom random = new SplittableRandom(1);
  private final Path source;
  private final MailTree mail;
  private final TestRepository test;
  private final KeyFile admin = KeyFile.generate(SECURE);
  private final Map<ObjectName, byte[]> removed = new TreeMap<>();
  private final Map<String, Map<String, String>> images = new HashMap<>();

  RottingRepository(Path temp) throws IOException {
    source = temp.resolve("source");
    mail = MailTree.create(source, 8, 1, 1);
    Object _ = mail.deliver(6);
    noise("noise");
    test = new TestRepository(Files.createDirectory(temp.resolve("work")));
    slots();
    forgottenAndPruned();
    damagedAndSetAside();
    parity();
    condemned();
    Object _ = mail.live(12);
    noise("later");
    marks(backup());
  }

  /** What runs on it. */
  TestRepository test() {
    return test;
  }

  /** What its snapshots are of. */
  Path source() {
    return source;
  }

  /** What each snapshot's source looked like, by the snapshot's id. */
  Map<String, String> image(Snapshot snapshot) {
    return Objects.requireNonNull(images.get(snapshot.id().toString()));
  }

  /** Objects that were there once; where one of that name is there, an older one. */
  Map<ObjectName, byte[]> removed() {
    return Collections.unmodifiableMap(removed);
  }

  /** Whether a prune will remove this pack. */
  boolean isCondemned(ObjectName pack) {
    return repository().condemned().list().stream()
        .anyMatch(list -> repository().condemned().read(list).packs().contains(id(pack)));
  }

  /** Whether this pack was damaged, and is not used any more. */
  boolean isSetAside(ObjectName pack) {
    return repository().setAside().contains(id(pack));
  }

  private static ObjectId id(ObjectName name) {
    return ObjectId.parse(name.id()).orElseThrow();
  }

  /** Opens it as the admin does, with a key file. */
  Repository open() {
    return Repository.open(
        test.storage(),
        slots ->
            KeySlots.open(slots.list(_ -> {}), SlotKind.KEY_FILE, admin)
                .orElseThrow(() -> new KeyException("No slot opens", ""))
                .keys());
  }

  private Repository repository() {
    return test.repository();
  }

  private Map<ObjectName, byte[]> objects() {
    Map<ObjectName, byte[]> objects = new TreeMap<>();
    test.storage()
        .list(
            ObjectFolder.ROOT,
            object -> objects.put(object.name(), test.storage().get(object.name())));
    return objects;
  }

  private void keepRemoved(Map<ObjectName, byte[]> before) {
    before.keySet().removeAll(objects().keySet());
    removed.putAll(before);
  }

  private Snapshot backup() {
    Snapshot snapshot = test.backup(source).snapshot();
    Map<String, String> image = new TreeMap<>(TreeImage.of(source));
    image.remove(".");
    images.put(snapshot.id().toString(), image);
    return snapshot;
  }

  private void noise(String name) throws IOException {
    byte[] noise = new byte[20_000];
    random.nextBytes(noise);
    Files.write(source.resolve(name), noise);
  }

  private NewSlot slot(String label) {
    return new NewSlot(repository().config().id(), test.keys(), label, Instant.now());
  }

  /** The one that the admin has, beside one that nobody uses, and one that was removed. */
  private void slots() {
    repository().slots().add(slot("admin").lock(admin, SECURE));
    var old = slot("old").lock(KeyFile.generate(SECURE), SECURE);
    repository().slots().add(old);
    Map<ObjectName, byte[]> before = objects();
    repository().slots().remove(List.of(old), test.keys());
    keepRemoved(before);
  }

  private void prune(boolean atOnce) {
    Object _ =
        new Prune(
                repository(),
                new PruneSettings(0, GRACE, atOnce, false),
                PruneObserver.SILENT,
                new Cancellation(),
                0,
                InstantSource.system())
            .run();
  }

  /** One more snapshot with a file of its own, which is forgotten. */
  private void forgotten(String name) throws IOException {
    noise(name);
    Snapshot snapshot = backup();
    Files.delete(source.resolve(name));
    repository().snapshots().delete(snapshot.id());
  }

  private void forgottenAndPruned() throws IOException {
    Object _ = backup();
    forgotten("forgotten");
    Map<ObjectName, byte[]> before = objects();
    before.putAll(removed);
    prune(true);
    keepRemoved(before);
  }

  /** Two packs that were damaged, and a third one that is gone since. */
  private void damagedAndSetAside() throws IOException {
    for (int i = 0; i < 3; i++) {
      List<ObjectName> known = test.objects("packs");
      noise("broken" + i);
      Snapshot snapshot = backup();
      List<ObjectName> added = test.objects("packs");
      added.removeAll(known);
      test.flipBit(added.getFirst(), 9_000);
      Object _ =
          new RepairPacks(repository(), RepairObserver.SILENT, new Cancellation())
              .run(_ -> true, false);
      repository().snapshots().delete(snapshot.id());
      test.loseState();
    }
    Map<ObjectName, byte[]> before = objects();
    repository().setAside().delete(id(test.objects("set-aside").getFirst()));
    keepRemoved(before);
    Object _ = backup();
  }

  /** Two lists, and a third one whose packs are gone. */
  private void condemned() throws IOException {
    for (int i = 0; i < 2; i++) {
      forgotten("condemned" + i);
      prune(false);
    }
    List<ObjectId> gone =
        removed.keySet().stream()
            .filter(name -> name.toString().startsWith("packs/"))
            .map(RottingRepository::id)
            .sorted()
            .toList();
    ObjectId list = repository().condemned().write(Instant.now(), GRACE, gone).id();
    Map<ObjectName, byte[]> before = objects();
    repository().condemned().delete(list);
    keepRemoved(before);
  }

  private void parity() {
    repository().paritySetting().set(OptionalInt.of(5));
    removed.put(ParitySetting.NAME, test.storage().get(ParitySetting.NAME));
    repository().paritySetting().set(OptionalInt.of(10));
  }

  private void marks(Snapshot snapshot) {
    var taken = repository().marks().add(snapshot.id(), Meaning.PINNED, Instant.now());
    Object _ = repository().marks().add(snapshot.id(), Meaning.PINNED, Instant.now());
    Object _ = repository().marks().add(snapshot.id(), Meaning.ACCEPTED, Instant.now());
    Map<ObjectName, byte[]> before = objects();
    repository().marks().remove(taken);
    keepRemoved(before);
  }

  @Override
  public void close() {
    test.close();
  }
}
