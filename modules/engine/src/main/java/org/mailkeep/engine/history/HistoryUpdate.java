package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Brings the history up to what the repository holds: snapshots that it has not seen yet are noted,
 * those of one machine from the oldest to the newest. One that is older than what was noted of its
 * machine, as an import makes them, has all noted anew. For one thread.
 */
public final class HistoryUpdate {

  /** Is told how it goes. */
  public interface Observer {
    /** Says nothing. */
    Observer SILENT =
        new Observer() {
          @Override
          public void noting(int done, int all) {}

          @Override
          public void damaged(MailkeepException problem) {}
        };

    /** So many snapshots of so many that are new have been noted. */
    void noting(int done, int all);

    /** A snapshot, or a message's header, cannot be read and is missing from the history. */
    void damaged(MailkeepException problem);
  }

  private final Repository repository;
  private final HistoryTables tables;
  private final ChunkReader chunks;
  private final Observer observer;
  private final Cancellation cancellation;

  /**
   * @param chunks reads by an index that is up to date
   */
  public HistoryUpdate(
      Repository repository,
      StateDatabase state,
      ChunkReader chunks,
      Observer observer,
      Cancellation cancellation) {
    this.repository = repository;
    this.tables = new HistoryTables(state);
    this.chunks = chunks;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /** Whether one of these snapshots is not in the history yet. */
  public static boolean isBehind(StateDatabase state, Set<ObjectId> present) {
    HistoryTables tables = new HistoryTables(state);
    return tables.counters().isEmpty() || !complete(tables.snapshots()).containsAll(present);
  }

  /** Forgets the history, and with it the messages that only forgotten snapshots had. */
  public static void forget(StateDatabase state) {
    try (HistoryWriter writer = new HistoryWriter(new HistoryTables(state))) {
      writer.clear();
      writer.clearHeaders();
    }
  }

  private static Set<ObjectId> complete(List<KnownSnapshot> known) {
    return known.stream()
        .filter(KnownSnapshot::complete)
        .map(KnownSnapshot::id)
        .collect(Collectors.toSet());
  }

  /** Notes what is new. What was noted before a cancellation stays. */
  public void run() {
    Set<ObjectId> present = Set.copyOf(repository.snapshots().ids());
    try (HistoryWriter writer = new HistoryWriter(tables)) {
      List<KnownSnapshot> known = new ArrayList<>(tables.snapshots());
      List<Snapshot> missing = missing(known, present);
      if (missing.stream().anyMatch(snapshot -> isOutOfOrder(snapshot, known))) {
        writer.clear();
        known.clear();
        missing = missing(known, present);
      }
      for (int i = 0; i < missing.size(); i++) {
        observer.noting(i, missing.size());
        note(writer, missing.get(i), known);
      }
      writer.clearHeaders();
    }
    new ForgottenLives(tables, tables.snapshots(), present, cancellation).remove();
  }

  /** The snapshots that are not or not wholly noted, the oldest first. */
  private List<Snapshot> missing(List<KnownSnapshot> known, Set<ObjectId> present) {
    Set<ObjectId> noted = complete(known);
    List<Snapshot> missing = new ArrayList<>();
    for (ObjectId id : present) {
      if (!noted.contains(id)) {
        load(id).ifPresent(missing::add);
      }
    }
    missing.sort(Snapshot.OLDEST_FIRST);
    return missing;
  }

  private Optional<Snapshot> load(ObjectId id) {
    try {
      return Optional.of(repository.snapshots().load(id));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (UnreadableException e) {
      observer.damaged(e);
      return Optional.empty();
    }
  }

  private static boolean isOutOfOrder(Snapshot snapshot, List<KnownSnapshot> known) {
    return known.stream()
        .filter(KnownSnapshot::complete)
        .filter(other -> other.host().equals(snapshot.manifest().host()))
        .anyMatch(other -> other.time().isAfter(snapshot.manifest().time()));
  }

  private void note(HistoryWriter writer, Snapshot snapshot, List<KnownSnapshot> known) {
    Map<ObjectId, Integer> begun = new HashMap<>();
    known.forEach(other -> begun.put(other.id(), other.number()));
    int number = Optional.ofNullable(begun.get(snapshot.id())).orElseGet(writer::newSnapshot);
    KnownSnapshot now = KnownSnapshot.of(number, snapshot);
    writer.put(now);
    TreeReader trees = new TreeReader(chunks);
    try (FactsSource facts =
        new FactsSource(
            tables.state(),
            repository.keys().hasher(),
            new HeaderReading(chunks),
            observer::damaged)) {
      MailboxUpdate mailboxes = new MailboxUpdate(writer, trees, facts, cancellation);
      new SnapshotUpdate(now, snapshot.manifest().unreadable(), trees, tables, mailboxes)
          .run(before(now, known));
    } catch (UnreadableException e) {
      // What can be read of it is noted; a later snapshot has the rest.
      observer.damaged(e);
    }
    writer.put(now.completed());
    writer.commit();
    known.removeIf(other -> other.number() == number);
    known.add(now.completed());
  }

  /** The last snapshot of the same things, if none since then has any of them. */
  private static Optional<KnownSnapshot> before(KnownSnapshot now, List<KnownSnapshot> known) {
    return known.stream()
        .filter(other -> other.host().equals(now.host()) && other.overlaps(now))
        .max(Comparator.comparingInt(KnownSnapshot::number))
        .filter(other -> other.complete() && other.sources().equals(now.sources()));
  }
}
