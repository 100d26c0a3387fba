package org.mailkeep.engine.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.backup.BackupSettings;
import org.mailkeep.engine.backup.OwnSnapshots;
import org.mailkeep.engine.verify.Check;
import org.mailkeep.engine.verify.CheckObserver;
import org.mailkeep.engine.verify.DataSubset;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.StateFolder;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.testkit.mail.MailTree;

/**
 * A mail host that holds a writer's key file, its own state, and credentials for storage that
 * permits no deleting: what it can do, and what whoever breaks into it cannot.
 */
final class WriterHostTest {

  private static final String SECRET = "the merger is called Kingfisher";

  @TempDir private Path temp;
  private Path mail;
  private Path host;
  private MailTree tree;
  private TestRepository owner;
  private Map<String, String> image;

  @BeforeEach
  void twoSnapshotsOfWhichTheFirstHasWhatIsGoneNow() throws IOException {
    mail = temp.resolve("mail");
    tree = MailTree.create(mail, 3, 1, 2);
    Object _ = tree.deliver(30);
    owner = new TestRepository(Files.createDirectory(temp.resolve("owner")));
    host = Files.createDirectory(temp.resolve("host"));
    SecureRandom random = new SecureRandom();
    KeyFile key = KeyFile.generate(random);
    owner
        .repository()
        .slots()
        .add(
            new NewSlot(owner.repository().config().id(), writerKeys(), "mx1", Instant.now())
                .lock(key, random));
    Files.writeString(host.resolve("key"), key.text());
    Path secret = Files.writeString(mail.resolve("secret"), SECRET + "\n" + "x".repeat(3000));
    Object _ = backup();
    image = TreeImage.of(mail);
    Files.delete(secret);
    Object _ = tree.live(10);
    Object _ = backup();
  }

  private KeySet writerKeys() {
    return owner.keys().writer();
  }

  @AfterEach
  void close() {
    owner.close();
  }

  /** The repository as the mail host opens it: by its key file, through its credentials. */
  private Repository open() throws IOException {
    KeyFile key = KeyFile.parse(Files.readString(host.resolve("key")));
    Storage storage = new AppendOnlyStorage(owner.storage());
    return Repository.open(
        storage,
        ring ->
            KeySlots.open(ring.list(e -> assertThat(e).isNull()), SlotKind.KEY_FILE, key)
                .orElseThrow()
                .keys());
  }

  private Backup.Report backup() throws IOException {
    try (Repository repository = open();
        StateDatabase state = StateDatabase.open(host.resolve("state"))) {
      BackupSettings settings =
          new BackupSettings(
              List.of(RawPath.of(mail.toString())),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              false,
              false,
              false,
              List.of(),
              "mx1",
              List.of(),
              "test",
              Parallelism.all(),
              Effort.DEFAULT,
              false);
      return new Backup(repository, state, settings, BackupObserver.SILENT, new Cancellation())
          .run(false);
    }
  }

  @Test
  void it_backs_up_and_deduplicates_also_after_it_lost_its_state() throws IOException {
    long before = owner.size();
    StateFolder.delete(host.resolve("state"));
    Backup.Report again = backup();
    assertThat(again.fullScan()).isTrue();
    assertThat(again.manifest().counts().addedBytes()).isZero();
    assertThat(owner.size() - before).isLessThan(3000);
    assertThat(owner.check(true).isSound()).isTrue();
  }

  @Test
  void it_remembers_the_names_and_times_of_the_snapshots_that_it_made() {
    List<Snapshot> all = owner.repository().snapshots().list(e -> assertThat(e).isNull());
    try (StateDatabase state = StateDatabase.open(host.resolve("state"))) {
      List<OwnSnapshots.Own> own = new OwnSnapshots(state).list();
      assertThat(own).hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(own.get(i).id()).isEqualTo(all.get(i).id());
        assertThat(own.get(i).time()).isEqualTo(all.get(i).manifest().time());
        assertThat(own.get(i).host()).isEqualTo("mx1");
        assertThat(own.get(i).files()).isEqualTo(all.get(i).manifest().root().files());
      }
    }
  }

  @Test
  void it_opens_no_block_and_no_manifest_not_even_of_its_own() throws IOException {
    try (Repository repository = open();
        StateDatabase state = StateDatabase.open(temp.resolve("index"))) {
      LocalIndex index = repository.index(state);
      Object _ = repository.sync(index).pull();
      int blocks = 0;
      for (ObjectId segment : repository.segments().list()) {
        for (PackTable pack : repository.segments().read(segment)) {
          for (BlockLocation block : pack.locations()) {
            blocks++;
            assertThatThrownBy(
                    () ->
                        repository
                            .packs()
                            .block(
                                block.pack(),
                                block.number(),
                                block.kind(),
                                block.offset(),
                                block.storedLength()))
                .isInstanceOf(KeyException.class);
          }
        }
      }
      assertThat(blocks).isPositive();
      for (ObjectId id : repository.snapshots().ids()) {
        assertThatThrownBy(() -> repository.snapshots().load(id))
            .isInstanceOf(KeyException.class)
            .hasMessageContaining("needs the full key");
      }
      Check check =
          new Check(repository, Parallelism.all(), CheckObserver.SILENT, new Cancellation());
      assertThatThrownBy(() -> check.run(DataSubset.all(), Optional.empty()))
          .isInstanceOf(KeyException.class);
    }
  }

  @Test
  void nothing_of_what_was_deleted_is_in_any_file_of_the_host_or_of_the_storage()
      throws IOException {
    try (Stream<Path> files = Files.walk(host)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertHasNot(Files.readAllBytes(file), file.toString());
      }
    }
    owner
        .storage()
        .list(
            ObjectFolder.ROOT,
            object -> assertHasNot(owner.storage().get(object.name()), object.name().toString()));
  }

  private static void assertHasNot(byte[] bytes, String where) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text.contains(SECRET)).as(where).isFalse();
  }

  @Test
  void its_credentials_delete_and_overwrite_nothing() throws IOException {
    Map<ObjectName, byte[]> before = objects();
    try (Repository repository = open()) {
      Storage storage = repository.storage();
      for (ObjectName name : before.keySet()) {
        assertThatThrownBy(() -> storage.delete(name)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> storage.put(name, ObjectContent.of(new byte[] {1})))
            .isInstanceOf(RefusedException.class);
      }
    }
    Map<ObjectName, byte[]> after = objects();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach((name, bytes) -> assertThat(bytes).isEqualTo(before.get(name)));
    assertOldSnapshotIsExact(owner.storage());
  }

  @Test
  void what_it_adds_to_do_harm_alters_no_snapshot() throws IOException {
    try (Repository repository = open()) {
      Storage storage = repository.storage();
      for (String folder : List.of("packs/aa", "index", "snapshots", "keys")) {
        int digits = folder.equals("keys") ? 32 : 64;
        storage.put(
            ObjectName.of(folder + "/" + "a".repeat(digits)), ObjectContent.of(new byte[5000]));
      }
      // A snapshot that claims to be of another host, with a root that nobody has.
      Snapshot old = oldest();
      Object _ = repository.snapshots().save(old.manifest(), repository.keys().startSealing());
    }
    assertThat(owner.repository().snapshots().ids()).hasSize(4);
    assertOldSnapshotIsExact(owner.storage());
  }

  @Test
  void a_pack_that_lies_about_what_is_in_it_is_named_and_gives_nobody_wrong_bytes()
      throws IOException {
    List<ObjectName> before = owner.objects("packs");
    poison();
    ObjectName lie =
        owner.objects("packs").stream().filter(n -> !before.contains(n)).findFirst().orElseThrow();
    // A host whose index is made anew may be led to the lie; it never takes it for the content.
    MemoryStorage storage = owner.storage();
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    try (TestRepository fresh = new TestRepository(elsewhere, storage, owner.keys());
        ChunkReader reader = fresh.reader()) {
      for (ObjectId segment : fresh.repository().segments().list()) {
        for (PackTable pack : fresh.repository().segments().read(segment)) {
          pack.blocks().stream()
              .flatMap(block -> block.chunks().stream())
              .forEach(
                  chunk -> {
                    try {
                      byte[] bytes = reader.read(chunk.id());
                      assertThat(owner.keys().hasher().id(bytes, 0, bytes.length))
                          .isEqualTo(chunk.id());
                    } catch (DamagedException e) {
                      assertThat(e.getMessage()).contains(lie.toString());
                    }
                  });
        }
      }
      assertThat(fresh.check(true).damage()).extracting(d -> d.object()).contains(lie.toString());
    }
    // Without the lie, which only a holder of more rights can remove, all is as it was.
    storage.delete(lie);
    owner.objects("index").stream().filter(name -> names(name, lie)).forEach(storage::delete);
    assertOldSnapshotIsExact(storage);
  }

  private boolean names(ObjectName segment, ObjectName pack) {
    ObjectId id = ObjectId.parse(segment.id()).orElseThrow();
    return owner.repository().segments().read(id).stream()
        .anyMatch(table -> pack.id().equals(table.pack().toString()));
  }

  /** Stores other bytes under the ids of all chunks of the first pack. */
  private void poison() throws IOException {
    try (Repository repository = open()) {
      ObjectId segment = repository.segments().list().iterator().next();
      PackTable victim = repository.segments().read(segment).getFirst();
      List<PackTable> stored = new ArrayList<>();
      ChunkIndex blind =
          new ChunkIndex() {
            @Override
            public boolean contains(org.mailkeep.model.ChunkId id) {
              return false;
            }

            @Override
            public Optional<ChunkLocation> find(org.mailkeep.model.ChunkId id) {
              return Optional.empty();
            }

            @Override
            public void add(PackTable pack) {
              stored.add(pack);
            }
          };
      try (ChunkWriter writer = repository.writer(blind, repository.keys().startSealing(), 1, 0)) {
        victim
            .blocks()
            .forEach(
                block ->
                    block
                        .chunks()
                        .forEach(
                            chunk ->
                                writer.add(
                                    chunk.id(),
                                    block.kind(),
                                    new byte[chunk.length()],
                                    0,
                                    chunk.length())));
        writer.flush();
      }
      Object _ = repository.segments().write(stored);
    }
  }

  private Map<ObjectName, byte[]> objects() {
    Map<ObjectName, byte[]> objects = new HashMap<>();
    owner
        .storage()
        .list(ObjectFolder.ROOT, o -> objects.put(o.name(), owner.storage().get(o.name())));
    return objects;
  }

  private Snapshot oldest() {
    return owner.repository().snapshots().list(_ -> {}).getFirst();
  }

  private void assertOldSnapshotIsExact(MemoryStorage storage) throws IOException {
    Path folder = temp.resolve("restoring");
    try (TestRepository alone = new TestRepository(folder, storage, owner.keys())) {
      Snapshot old = alone.repository().snapshots().list(_ -> {}).getFirst();
      RestoreRun restore = alone.restore(old);
      Path target = folder.resolve("restored");
      assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
      assertThat(TreeImage.of(target.resolve(mail.toString().substring(1)))).isEqualTo(image);
    }
  }
}
