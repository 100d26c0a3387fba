package org.mailkeep.engine.prune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.backup.BackupSettings;
import org.mailkeep.engine.backup.MassChangeAlarm;
import org.mailkeep.engine.verify.Check;
import org.mailkeep.engine.verify.CheckObserver;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.engine.verify.DataSubset;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.Storage;

/** One repository, several hosts with a state each, and a clock that tests set. */
final class SharedRepository implements AutoCloseable {

  private static final FullKeys KEYS = FullKeys.generate(new SecureRandom());

  private final Storage storage;
  private final Path folder;
  private final Map<String, StateDatabase> states = new TreeMap<>();
  private volatile Instant now = Instant.parse("2026-01-04T00:30:00Z");

  /** In this storage, with the hosts' states in a folder. */
  SharedRepository(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
    if (!Repository.exists(storage)) {
      try (Repository _ =
          Repository.create(
              storage, RepositoryId.generate(new SecureRandom()), now, KEYS, _ -> List.of())) {
        // It exists from now on.
      }
    }
  }

  InstantSource clock() {
    return () -> now;
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Repository open() {
    return open(storage);
  }

  static Repository open(Storage other) {
    return Repository.open(other, _ -> KEYS);
  }

  Storage storage() {
    return storage;
  }

  synchronized StateDatabase state(String host) {
    return states.computeIfAbsent(host, name -> StateDatabase.open(folder.resolve(name)));
  }

  Snapshot backup(String host, Path source) {
    return backup(open(), host, source, clock(), BackupObserver.SILENT);
  }

  Snapshot backup(
      Repository repository,
      String host,
      Path source,
      InstantSource time,
      BackupObserver observer) {
    return new Backup(
            repository,
            state(host),
            settings(host, source),
            observer,
            new Cancellation(),
            MassChangeAlarm.DEFAULT,
            time)
        .run(false)
        .snapshot()
        .orElseThrow();
  }

  private static BackupSettings settings(String host, Path source) {
    return new BackupSettings(
        List.of(RawPath.of(source.toString())),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        false,
        true,
        List.of(),
        host,
        List.of(),
        "mailkeep test",
        Parallelism.atMost(1),
        Effort.DEFAULT,
        false);
  }

  PruneReport prune() {
    return prune(storage, false);
  }

  PruneReport prune(Storage through, boolean atOnce) {
    return prune(through, new PruneSettings(0.1, Duration.ofDays(1), atOnce, false));
  }

  PruneReport prune(Storage through, PruneSettings settings) {
    return new Prune(open(through), settings, PruneObserver.SILENT, new Cancellation(), 0, clock())
        .run();
  }

  List<Snapshot> snapshots() {
    return open().snapshots().list(_ -> {});
  }

  CheckReport check() {
    return new Check(open(), Parallelism.atMost(1), CheckObserver.SILENT, new Cancellation())
        .run(DataSubset.all(), Optional.empty());
  }

  /** Reads chunks by the index of a host, brought up to date. */
  ChunkReader reader(String host) {
    Repository repository = open();
    LocalIndex index = repository.index(state(host));
    Object _ = repository.sync(index).pull();
    return repository.reader(index, 64 << 20);
  }

  /** The bytes of all objects in this folder, or of all with an empty name. */
  long size(String name) {
    long[] size = {0};
    ObjectFolder in = name.isEmpty() ? ObjectFolder.ROOT : ObjectFolder.ROOT.folder(name);
    storage.list(in, object -> size[0] += object.size());
    return size[0];
  }

  long count(String name) {
    long[] count = {0};
    storage.list(ObjectFolder.ROOT.folder(name), _ -> count[0]++);
    return count[0];
  }

  void loseState(String host) {
    StateDatabase state = states.remove(host);
    if (state != null) {
      state.close();
      try {
        org.mailkeep.repository.state.StateFolder.delete(folder.resolve(host));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    states.values().forEach(StateDatabase::close);
  }
}
