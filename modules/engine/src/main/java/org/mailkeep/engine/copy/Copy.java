package org.mailkeep.engine.copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.parity.ParitySetting;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks;
import org.mailkeep.repository.state.StateDatabase;

/** Copies snapshots to another repository, the oldest first. */
public final class Copy {

  /** Bytes of opened blocks of the source that are kept. */
  private static final long CACHE = 24L << 20;

  private final Repository source;
  private final StateDatabase sourceState;
  private final CopySettings settings;
  private final CopyObserver observer;

  /**
   * @param source what is copied, opened with full keys
   * @param sourceState an index of it, apart from that of backups
   */
  public Copy(
      Repository source, StateDatabase sourceState, CopySettings settings, CopyObserver observer) {
    this.source = source;
    this.sourceState = sourceState;
    this.settings = settings;
    this.observer = observer;
  }

  /**
   * Copies the snapshots that the target does not have. When this is cut off, the target has some
   * of them whole, and what was stored of the next one is found by the next run.
   *
   * @param snapshots of the source, listed before this is called
   * @param target where to
   * @param state of the target on this host
   */
  public CopyReport run(List<Snapshot> snapshots, Repository target, StateDatabase state) {
    CopyPlaces places = CopyPlaces.open(source, sourceState, target, state, observer);
    boolean resealed = !source.keys().isOfSameRepository(target.keys());
    if (!resealed) {
      carryParity(target);
    }
    try (ChunkReader reader = source.reader(places.from(), CACHE);
        CopyWay way =
            resealed
                ? new OtherKeys(places, reader, settings, observer)
                : new SameKeys(places, reader, settings, observer)) {
      List<Snapshot> missing =
          snapshots.stream()
              .filter(snapshot -> !way.has(snapshot))
              .sorted(Snapshot.OLDEST_FIRST)
              .toList();
      observer.planned(missing.size());
      List<Snapshot> copied = new ArrayList<>();
      List<CopyReport.Failed> failed = new ArrayList<>();
      for (Snapshot snapshot : missing) {
        settings.cancellation().check();
        observer.snapshot(snapshot);
        try {
          way.copy(snapshot);
          copied.add(snapshot);
        } catch (UnreadableException e) {
          failed.add(new CopyReport.Failed(snapshot, e));
        }
      }
      carryMarks(target, way);
      int present = snapshots.size() - missing.size();
      return new CopyReport(copied, present, failed, way.storedBytes(), resealed);
    }
  }

  /** A copy that has no setting for parity gets that of the source, for packs to come. */
  private void carryParity(Repository target) {
    OptionalInt percent = source.paritySetting().percentForWriting();
    if (percent.isPresent() && target.storage().size(ParitySetting.NAME).isEmpty()) {
      target.paritySetting().set(percent);
    }
  }

  /**
   * Marks what is marked in the source: a snapshot that is pinned there is pinned in the copy.
   * Nothing is taken back in the copy because it was in the source, for it may have been marked
   * there for its own sake, and whoever breaks into the source shall not unpin it.
   */
  private void carryMarks(Repository target, CopyWay way) {
    List<SnapshotMarks.Mark> here =
        source.marks().list(e -> observer.warning(String.valueOf(e.getMessage())));
    if (here.isEmpty()) {
      return;
    }
    Set<Decision> there = new HashSet<>();
    target
        .marks()
        .list(e -> observer.warning("In the copy, " + e.getMessage()))
        .forEach(mark -> there.add(new Decision(mark.snapshot(), mark.meaning())));
    for (SnapshotMarks.Mark mark : here) {
      Optional<ObjectId> snapshot = way.there(mark.snapshot());
      if (snapshot.isPresent() && there.add(new Decision(snapshot.get(), mark.meaning()))) {
        Object _ = target.marks().add(snapshot.get(), mark.meaning(), mark.time());
      }
    }
  }

  private record Decision(ObjectId snapshot, SnapshotMarks.Meaning meaning) {}
}
