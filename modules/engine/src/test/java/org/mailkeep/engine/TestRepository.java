package org.mailkeep.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.verify.Check;
import org.mailkeep.engine.verify.CheckObserver;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.engine.verify.DataSubset;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.StateFolder;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** A repository in memory, its host state on disk, and what is run on them. */
public final class TestRepository implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final MemoryStorage storage;
  private final FullKeys keys;
  private final Path stateFolder;
  private Repository repository;
  private StateDatabase state;

  /** A new one whose host state is made in this folder. */
  public TestRepository(Path folder) {
    storage = new MemoryStorage();
    keys = FullKeys.generate(RANDOM);
    Instant now = Instant.now();
    repository =
        Repository.create(
            storage,
            RepositoryId.generate(RANDOM),
            now,
            keys,
            id ->
                List.of(new NewSlot(id, keys, "test", now).lock(KeyFile.generate(RANDOM), RANDOM)));
    stateFolder = folder.resolve("host-state");
    state = StateDatabase.open(stateFolder);
  }

  /** One that is there, on a host without any state of it. */
  public TestRepository(Path folder, MemoryStorage there, FullKeys keys) {
    this.storage = there;
    this.keys = keys;
    repository = Repository.open(there, _ -> keys);
    stateFolder = folder.resolve("host-state");
    state = StateDatabase.open(stateFolder);
  }

  public FullKeys keys() {
    return keys;
  }

  public MemoryStorage storage() {
    return storage;
  }

  public Repository repository() {
    return repository;
  }

  /** The same repository by way of another storage. */
  public Repository through(Storage other) {
    return Repository.open(other, _ -> keys);
  }

  public StateDatabase state() {
    return state;
  }

  /** The host state is gone, as after a new installation. */
  public void loseState() throws IOException {
    state.close();
    StateFolder.delete(stateFolder);
    state = StateDatabase.open(stateFolder);
  }

  /**
   * Opens the repository anew, as each command does: what one has seen of it the next does not
   * know.
   */
  public void reopen() {
    repository.close();
    repository = through(storage);
  }

  /** A backup of these paths, to be run. */
  public BackupRun backup(Path... sources) {
    return backup(Stream.of(sources).map(source -> RawPath.of(source.toString())).toList());
  }

  /** A backup of these paths, to be run. */
  public BackupRun backup(List<RawPath> sources) {
    return new BackupRun(this, sources);
  }

  /** A restore of all of a snapshot, to be run. */
  public RestoreRun restore(Snapshot snapshot) {
    return new RestoreRun(this, snapshot);
  }

  public CheckReport check(boolean readData) {
    return new Check(repository, Parallelism.all(), CheckObserver.SILENT, new Cancellation())
        .run(readData ? DataSubset.all() : DataSubset.nothing(), Optional.empty());
  }

  /** Reads chunks by an index brought up to date. */
  public ChunkReader reader() {
    LocalIndex index = repository.index(state);
    Object _ = repository.sync(index).pull();
    return repository.reader(index, 64 << 20);
  }

  public SnapshotTree tree(Snapshot snapshot) {
    return new SnapshotTree(snapshot, new TreeReader(reader()));
  }

  /** All that a snapshot has below a source, as paths from there. */
  public List<String> pathsBelow(Path source, Snapshot snapshot) {
    SnapshotTree tree = tree(snapshot);
    List<String> paths = new ArrayList<>();
    tree.walk(
        tree.require(RawPath.of(source.toString())),
        found -> {
          paths.add(found.path().text().substring(source.toString().length() + 1));
          return true;
        });
    return paths;
  }

  /** The names of all objects in this folder, such as "packs". */
  public List<ObjectName> objects(String folder) {
    List<ObjectName> names = new ArrayList<>();
    storage.list(ObjectFolder.ROOT.folder(folder), object -> names.add(object.name()));
    return names;
  }

  /** The bytes of all objects together. */
  public long size() {
    long[] size = {0};
    storage.list(ObjectFolder.ROOT, object -> size[0] += object.size());
    return size[0];
  }

  /** Changes one bit of an object. */
  public void flipBit(ObjectName name, int position) {
    byte[] bytes = storage.get(name);
    bytes[position] ^= 1;
    storage.overwrite(name, bytes);
  }

  @Override
  public void close() {
    state.close();
    repository.close();
  }
}
