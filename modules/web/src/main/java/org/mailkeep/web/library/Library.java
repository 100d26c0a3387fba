package org.mailkeep.web.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.RepositoryStatistics;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;

/**
 * A repository that is open, for many threads that read and one that brings it up to date. Nobody
 * reads while the index and the history change; whoever brings them up to date waits for nobody,
 * but tries again later, so that a slow download keeps no page from being shown.
 */
public final class Library implements AutoCloseable {

  private static final long CACHE = 24L << 20;
  private static final Duration SIZE_AGE = Duration.ofMinutes(10);
  private static final int KEPT_SNAPSHOTS = 8;

  private static final Comparator<SnapshotLine> OLDEST_FIRST =
      Comparator.comparing(SnapshotLine::time).thenComparing(SnapshotLine::id);

  private final Repository repository;
  private final StateDatabase state;
  private final LocalIndex index;
  private final ChunkReader reader;
  private final InstantSource clock;
  private final Cancellation cancellation;
  private final HistoryUpdate.Observer observer;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<ObjectId, Snapshot> kept =
      new LinkedHashMap<>(KEPT_SNAPSHOTS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Snapshot> eldest) {
          return size() > KEPT_SNAPSHOTS;
        }
      };

  private volatile List<SnapshotLine> snapshots = List.of();
  private volatile Set<ObjectId> present = Set.of();
  private volatile Instant seen = Instant.EPOCH;
  private volatile Instant measured = Instant.EPOCH;
  private volatile long size;

  /**
   * A library of this repository, still empty.
   *
   * @param state for this library alone
   * @param observer is told of what cannot be read
   */
  public Library(
      Repository repository,
      StateDatabase state,
      InstantSource clock,
      HistoryUpdate.Observer observer,
      Cancellation cancellation) {
    this.repository = repository;
    this.state = state;
    this.index = repository.index(state);
    this.reader = repository.reader(index, CACHE);
    this.clock = clock;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /** Reads what is new in the repository; gives false where somebody reads just now. */
  public boolean refresh() {
    if (!lock.writeLock().tryLock()) {
      return false;
    }
    try {
      repository.sync(index).pull().damaged().forEach(observer::damaged);
      Set<ObjectId> ids = Set.copyOf(repository.snapshots().ids());
      if (HistoryUpdate.isBehind(state, ids) || !ids.equals(present)) {
        new HistoryUpdate(repository, state, reader, observer, cancellation).run();
        list(ids);
      }
      Instant now = clock.instant();
      if (measured.plus(SIZE_AGE).isBefore(now)) {
        size = RepositoryStatistics.size(repository);
        measured = now;
      }
      seen = now;
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void list(Set<ObjectId> ids) {
    List<SnapshotLine> lines =
        new ArrayList<>(snapshots.stream().filter(line -> ids.contains(line.id())).toList());
    Map<SourceName, SourceName> sources = new HashMap<>();
    Set<ObjectId> known = new HashSet<>();
    for (SnapshotLine line : lines) {
      known.add(line.id());
      sources.putIfAbsent(line.source(), line.source());
    }
    for (ObjectId id : ids) {
      if (!known.contains(id)) {
        cancellation.check();
        try {
          Snapshot snapshot = repository.snapshots().load(id);
          SourceName name = SourceName.of(snapshot.manifest());
          lines.add(SnapshotLine.of(snapshot, sources.computeIfAbsent(name, same -> same)));
        } catch (UnreadableException e) {
          observer.damaged(e);
        } catch (NotFoundException e) {
          // It was forgotten meanwhile.
        }
      }
    }
    lines.sort(OLDEST_FIRST);
    snapshots = List.copyOf(lines);
    present = ids;
  }

  /** Does something during which the index and the history stay as they are. */
  public <T> T reading(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** All snapshots, the oldest first. */
  public List<SnapshotLine> snapshots() {
    return snapshots;
  }

  /** When the repository was last looked at. */
  public Instant seen() {
    return seen;
  }

  /** The size of all its objects in bytes, a few minutes ago at most. */
  public long size() {
    return size;
  }

  /**
   * A snapshot.
   *
   * @param id all of its digits
   * @throws NotFoundException where the repository does not have it
   */
  public Snapshot snapshot(String id) {
    ObjectId wanted =
        ObjectId.parse(id)
            .filter(one -> present.contains(one))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no such snapshot", "It may have been forgotten meanwhile."));
    synchronized (kept) {
      Snapshot found = kept.get(wanted);
      if (found != null) {
        return found;
      }
    }
    Snapshot loaded = repository.snapshots().load(wanted);
    synchronized (kept) {
      kept.put(wanted, loaded);
    }
    return loaded;
  }

  /** The history of messages; only within {@link #reading}, for one thread. */
  public History history() {
    return new History(state, present);
  }

  /** Reads content; only within {@link #reading}. */
  public ChunkReader reader() {
    return reader;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      reader.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
