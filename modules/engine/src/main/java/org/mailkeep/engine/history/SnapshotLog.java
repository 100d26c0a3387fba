package org.mailkeep.engine.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;

/** The snapshots that the history has seen, and which of them the repository still has. */
final class SnapshotLog {

  private final List<KnownSnapshot> offered;
  private final Map<Integer, KnownSnapshot> byNumber = new HashMap<>();
  private final Set<ObjectId> present;

  /**
   * @param snapshots in the order of their numbers
   * @param present the ids of those in the repository
   */
  SnapshotLog(List<KnownSnapshot> snapshots, Set<ObjectId> present) {
    this.present = Set.copyOf(present);
    // However many were forgotten, a search looks only through those that are there.
    this.offered =
        snapshots.stream().filter(snapshot -> this.present.contains(snapshot.id())).toList();
    snapshots.forEach(snapshot -> byNumber.put(snapshot.number(), snapshot));
  }

  /** Whether the repository still has it. */
  boolean isPresent(KnownSnapshot snapshot) {
    return present.contains(snapshot.id());
  }

  /** Whether all of a snapshot is noted. */
  boolean knows(ObjectId id) {
    return byNumber.values().stream()
        .anyMatch(snapshot -> snapshot.complete() && snapshot.id().equals(id));
  }

  KnownSnapshot get(int number) {
    return Optional.ofNullable(byNumber.get(number)).orElseThrow();
  }

  /** A message's place as a snapshot of the repository has it. */
  record Sighting(KnownSnapshot snapshot, MessagePlace place) {}

  /** The newest snapshot of the repository that has a message. */
  Optional<Sighting> last(KnownMailbox mailbox, List<LifeState> states) {
    int end = Integer.MAX_VALUE;
    for (LifeState state : states.reversed()) {
      if (state.place().isPresent()) {
        Optional<KnownSnapshot> newest =
            newest(mailbox.host(), mailbox.path(), state.snapshot(), end);
        if (newest.isPresent()) {
          return Optional.of(new Sighting(newest.get(), state.place().get()));
        }
      }
      end = state.snapshot();
    }
    return Optional.empty();
  }

  private Optional<KnownSnapshot> newest(String host, RawPath path, int from, int end) {
    for (KnownSnapshot snapshot : offered.reversed()) {
      if (snapshot.number() < from) {
        break;
      }
      if (snapshot.number() < end && snapshot.host().equals(host) && snapshot.covers(path)) {
        return Optional.of(snapshot);
      }
    }
    return Optional.empty();
  }
}
