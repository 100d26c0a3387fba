package org.mailkeep.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.StateFolder;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.testkit.mail.MailTree;

/** A repository with some snapshots, what they looked like, and copies of it. */
final class CopyFixture implements AutoCloseable {

  private final Path temp;
  private final Path mail;
  private final MailTree tree;
  private final TestRepository source;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final List<Map<String, String>> images = new ArrayList<>();
  private int hosts;

  CopyFixture(Path temp) throws IOException {
    this.temp = temp;
    this.mail = temp.resolve("mail");
    this.tree = MailTree.create(mail, 9, 1, 2);
    Object _ = tree.deliver(25);
    this.source = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  /** Makes a snapshot of what the mail looks like now, and lets time pass. */
  Snapshot snapshot() throws IOException {
    Snapshot made = source.backup(mail).snapshot();
    snapshots.add(made);
    images.add(TreeImage.of(mail));
    Object _ = tree.live(8);
    return made;
  }

  TestRepository source() {
    return source;
  }

  List<Snapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  Path mail() {
    return mail;
  }

  /** An empty copy with the source's keys. */
  MemoryStorage sameKeys() {
    MemoryStorage storage = new MemoryStorage();
    Repository _ =
        source
            .repository()
            .makeCopy(storage, source.repository().slots().list(e -> assertThat(e).isNull()));
    return storage;
  }

  /** A folder for the state of a host that does not exist yet. */
  Path newHost() {
    return temp.resolve("host" + ++hosts);
  }

  /** Copies all snapshots there are. */
  CopyReport copy(Storage from, Storage to, FullKeys keys, Path host, boolean verify) {
    return copy(from, to, keys, host, verify, snapshots, CopyObserver.SILENT);
  }

  CopyReport copy(
      Storage from,
      Storage to,
      FullKeys keys,
      Path host,
      boolean verify,
      List<Snapshot> which,
      CopyObserver observer) {
    try (Repository repository = source.through(from);
        Repository target = Repository.open(to, _ -> keys);
        StateDatabase sourceState = StateDatabase.open(host.resolve("source"));
        StateDatabase state = StateDatabase.open(host.resolve("target"))) {
      CopySettings settings = new CopySettings(verify, 2, new Cancellation());
      return new Copy(repository, sourceState, settings, observer).run(which, target, state);
    }
  }

  /** The host and its state are gone. */
  void forget(Path host) throws IOException {
    StateFolder.delete(host);
  }

  /** Whether what the copy has is whole, by itself. */
  CheckReport check(MemoryStorage copy, FullKeys keys) throws IOException {
    Path host = newHost();
    try (TestRepository alone = new TestRepository(host, copy, keys)) {
      return alone.check(true);
    } finally {
      forget(host);
    }
  }

  /** Restores every snapshot from the copy alone and compares it with what was backed up. */
  void assertExact(MemoryStorage copy, FullKeys keys) throws IOException {
    assertExact(copy, keys, snapshots);
  }

  void assertExact(MemoryStorage copy, FullKeys keys, List<Snapshot> wanted) throws IOException {
    Path host = newHost();
    try (TestRepository alone = new TestRepository(host, copy, keys)) {
      List<Snapshot> there = alone.repository().snapshots().list(e -> assertThat(e).isNull());
      assertThat(there).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        Path target = host.resolve("restored" + i);
        RestoreRun restore = alone.restore(there.get(i));
        assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
        assertThat(TreeImage.of(target.resolve(mail.toString().substring(1))))
            .isEqualTo(images.get(snapshots.indexOf(wanted.get(i))));
      }
      assertThat(alone.check(true).isSound()).isTrue();
    } finally {
      forget(host);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
