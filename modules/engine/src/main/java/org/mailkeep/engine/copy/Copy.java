package org.mailkeep.engine.copy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
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
    try (ChunkReader reader = source.reader(places.from(), CACHE);
        CopyWay way =
            resealed
                ? new OtherKeys(places, reader, settings, observer)
                : new SameKeys(places, reader, settings, observer)) {
      List<Snapshot> missing =
          snapshots.stream()
              .filter(snapshot -> !way.has(snapshot))
              .sorted(Comparator.comparing(snapshot -> snapshot.manifest().time()))
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
        } catch (DamagedException | TooNewException e) {
          failed.add(new CopyReport.Failed(snapshot, e));
        }
      }
      int present = snapshots.size() - missing.size();
      return new CopyReport(copied, present, failed, way.storedBytes(), resealed);
    }
  }
}
