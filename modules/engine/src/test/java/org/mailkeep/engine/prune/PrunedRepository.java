package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.mail.MailTree;

/** A repository with a mailbox that lives, whose snapshots are forgotten and pruned. */
abstract class PrunedRepository {

  static final Duration DAY = Duration.ofDays(1);

  @TempDir Path temp;
  final MemoryStorage storage = new MemoryStorage();
  final Map<ObjectId, Map<String, String>> images = new HashMap<>();
  SharedRepository repository;
  MailTree mail;

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

  Snapshot backup() {
    Map<String, String> image = SnapshotImage.of(mail.root());
    Snapshot snapshot = repository.backup("a", mail.root());
    images.put(snapshot.id(), image);
    return snapshot;
  }

  /** So many snapshots a day apart, with mail coming and going. */
  List<Snapshot> days(int count) throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object _ = mail.live(15);
      snapshots.add(backup());
      repository.pass(DAY);
    }
    return snapshots;
  }

  void forget(Snapshot snapshot) {
    repository.open().snapshots().delete(snapshot.id());
  }

  void assertAllRestore(SharedRepository from, String host) {
    try (ChunkReader reader = from.reader(host)) {
      for (Snapshot snapshot : from.snapshots()) {
        assertThat(SnapshotImage.of(snapshot, mail.root(), reader))
            .as(snapshot.id().shortForm())
            .isEqualTo(images.get(snapshot.id()));
      }
    }
  }

  void assertSound() {
    assertThat(repository.check().damage()).isEmpty();
    assertThat(repository.check().isSound()).isTrue();
    assertAllRestore(repository, "a");
    repository.loseState("new");
    assertAllRestore(repository, "new");
  }

  List<ObjectName> objects() {
    List<ObjectName> names = new ArrayList<>();
    storage.list(ObjectFolder.ROOT, object -> names.add(object.name()));
    return names;
  }

  /** Prunes day by day until there is nothing left to do, which must come soon. */
  void assertEnds() {
    boolean more = true;
    for (int left = 6; left > 0 && more; left--) {
      repository.pass(DAY);
      more = repository.prune().next().isPresent();
      assertSound();
    }
    assertThat(more).isFalse();
    assertThat(repository.count("condemned")).isZero();
  }
}
