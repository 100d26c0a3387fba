package org.mailkeep.engine.forget;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks.Mark;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;

/** Gives each snapshot the reasons for which it stays. */
public final class Retention {

  private final List<Snapshot> snapshots;
  private final Set<ObjectId> pinned = new HashSet<>();
  private final Set<ObjectId> accepted = new HashSet<>();
  private final ZoneId zone;

  /**
   * Of these snapshots.
   *
   * @param snapshots all that there are, the oldest first: also those that no rule is for decide
   *     which is the last of a source
   * @param zone where days begin
   */
  public Retention(List<Snapshot> snapshots, List<Mark> marks, ZoneId zone) {
    this.snapshots = List.copyOf(snapshots);
    this.zone = zone;
    for (Mark mark : marks) {
      (mark.meaning() == Meaning.PINNED ? pinned : accepted).add(mark.snapshot());
    }
  }

  /**
   * What becomes of a snapshot.
   *
   * @param reasons why it stays; without any it goes
   */
  public record Verdict(Snapshot snapshot, List<Reason> reasons) {
    /** Copies the list. */
    public Verdict {
      reasons = List.copyOf(reasons);
    }

    /** Whether it stays. */
    public boolean stays() {
      return !reasons.isEmpty();
    }
  }

  /**
   * Applies rules to some of the snapshots.
   *
   * @param some those that the rules are for, the oldest first
   * @return for each group its snapshots, the oldest first
   */
  public Map<SnapshotGroup, List<Verdict>> judge(List<Snapshot> some, RetentionRules rules) {
    Map<SnapshotGroup, List<Snapshot>> groups = new TreeMap<>();
    for (Snapshot snapshot : some) {
      groups
          .computeIfAbsent(
              SnapshotGroup.of(snapshot.manifest(), rules.groups()), _ -> new ArrayList<>())
          .add(snapshot);
    }
    Map<ObjectId, List<Reason>> reasons = new HashMap<>();
    groups.values().forEach(group -> applyRules(group, rules, reasons));
    addProtection(some, rules.allowLast(), reasons);
    Map<SnapshotGroup, List<Verdict>> verdicts = new LinkedHashMap<>();
    groups.forEach((group, list) -> verdicts.put(group, verdicts(list, reasons)));
    return verdicts;
  }

  /**
   * Why snapshots that are to go by name have to stay.
   *
   * @param some those that were named
   */
  public List<Verdict> judge(List<Snapshot> some, boolean allowLast) {
    Map<ObjectId, List<Reason>> reasons = new HashMap<>();
    addProtection(some, allowLast, reasons);
    return verdicts(some, reasons);
  }

  private static List<Verdict> verdicts(
      List<Snapshot> snapshots, Map<ObjectId, List<Reason>> reasons) {
    return snapshots.stream()
        .map(s -> new Verdict(s, reasons.getOrDefault(s.id(), List.of())))
        .toList();
  }

  private static void add(Map<ObjectId, List<Reason>> reasons, Snapshot snapshot, Reason reason) {
    reasons.computeIfAbsent(snapshot.id(), _ -> new ArrayList<>()).add(reason);
  }

  private void applyRules(
      List<Snapshot> group, RetentionRules rules, Map<ObjectId, List<Reason>> reasons) {
    rules.counts().forEach((period, count) -> keepNewest(group, period, count, reasons));
    if (rules.within().isPresent()) {
      Instant limit = group.getLast().manifest().time().minus(rules.within().get());
      group.stream()
          .filter(snapshot -> !snapshot.manifest().time().isBefore(limit))
          .forEach(snapshot -> add(reasons, snapshot, new Reason.Within()));
    }
    for (Snapshot snapshot : group) {
      snapshot.manifest().tags().stream()
          .filter(rules.tags()::contains)
          .findFirst()
          .ifPresent(tag -> add(reasons, snapshot, new Reason.Tagged(tag)));
    }
  }

  private void keepNewest(
      List<Snapshot> group, Period period, int count, Map<ObjectId, List<Reason>> reasons) {
    String last = "";
    int left = count;
    for (Snapshot snapshot : group.reversed()) {
      ZonedDateTime time = snapshot.manifest().time().atZone(zone);
      String now = period == Period.LAST ? snapshot.id().toString() : period.of(time);
      if (left > 0 && !now.equals(last)) {
        add(reasons, snapshot, new Reason.NewestOf(period));
        left--;
      }
      last = now;
    }
  }

  private void addProtection(
      List<Snapshot> some, boolean allowLast, Map<ObjectId, List<Reason>> reasons) {
    Map<SnapshotGroup, Snapshot> marked = new HashMap<>();
    snapshots.stream().filter(this::isUnaccepted).forEach(s -> marked.put(source(s), s));
    for (Snapshot snapshot : some) {
      if (pinned.contains(snapshot.id())) {
        add(reasons, snapshot, new Reason.Pinned());
      }
      Optional<Snapshot> change = Optional.ofNullable(marked.get(source(snapshot)));
      if (change.filter(m -> isBefore(snapshot, m)).isPresent()) {
        add(reasons, snapshot, new Reason.BeforeMassChange(change.get().id()));
      } else if (isUnaccepted(snapshot)) {
        add(reasons, snapshot, new Reason.MassChange());
      }
    }
    if (!allowLast) {
      keepLast(some, reasons);
    }
  }

  /** Keeps the newest of each source of which nothing would be left. */
  private void keepLast(List<Snapshot> some, Map<ObjectId, List<Reason>> reasons) {
    Set<ObjectId> going = new HashSet<>();
    some.stream().map(Snapshot::id).filter(id -> !reasons.containsKey(id)).forEach(going::add);
    Map<SnapshotGroup, Snapshot> last = new HashMap<>();
    Set<SnapshotGroup> left = new HashSet<>();
    for (Snapshot snapshot : snapshots) {
      last.put(source(snapshot), snapshot);
      if (!going.contains(snapshot.id())) {
        left.add(source(snapshot));
      }
    }
    last.forEach(
        (source, snapshot) -> {
          if (!left.contains(source)) {
            add(reasons, snapshot, new Reason.LastOfSource());
          }
        });
  }

  private static SnapshotGroup source(Snapshot snapshot) {
    return SnapshotGroup.of(snapshot.manifest(), SnapshotGroup.SOURCE);
  }

  private static boolean isBefore(Snapshot a, Snapshot b) {
    return a.manifest().time().isBefore(b.manifest().time());
  }

  /** Whether a mass change in this snapshot waits to be accepted. */
  public boolean isUnaccepted(Snapshot snapshot) {
    return snapshot.manifest().massChange().isPresent() && !accepted.contains(snapshot.id());
  }

  /** Whether the snapshot is pinned. */
  public boolean isPinned(Snapshot snapshot) {
    return pinned.contains(snapshot.id());
  }
}
