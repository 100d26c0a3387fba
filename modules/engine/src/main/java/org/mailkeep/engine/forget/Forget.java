package org.mailkeep.engine.forget;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mailkeep.engine.forget.Retention.Verdict;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks;
import org.mailkeep.repository.snapshot.SnapshotMarks.Mark;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;

/** Forgets snapshots, and takes note of what the user decided about others. */
public final class Forget {

  private final Repository repository;
  private final ZoneId zone;

  /**
   * In this repository.
   *
   * @param zone where days begin
   */
  public Forget(Repository repository, ZoneId zone) {
    this.repository = repository;
    this.zone = zone;
  }

  /**
   * What rules would do to all snapshots.
   *
   * @param snapshots all that there are, the oldest first
   */
  public Map<SnapshotGroup, List<Verdict>> judge(List<Snapshot> snapshots, RetentionRules rules) {
    return judge(snapshots, snapshots, rules);
  }

  /**
   * What rules would do to some snapshots.
   *
   * @param all all that there are, the oldest first
   * @param some those that the rules are for, the oldest first
   */
  public Map<SnapshotGroup, List<Verdict>> judge(
      List<Snapshot> all, List<Snapshot> some, RetentionRules rules) {
    return retention(all).judge(some, rules);
  }

  /**
   * Checks that snapshots may go that were named.
   *
   * @throws RefusedException where one has to stay; none is to be forgotten then
   */
  public List<Verdict> require(List<Snapshot> all, List<Snapshot> named, boolean allowLast) {
    List<Verdict> verdicts = retention(all).judge(named, allowLast);
    for (Verdict verdict : verdicts) {
      if (verdict.stays()) {
        throw new RefusedException(
            "Snapshot "
                + verdict.snapshot().id().shortForm()
                + " has to stay: "
                + verdict.reasons().getFirst().text(),
            "Nothing was forgotten. A pin goes with --unpin, a mass change is accepted with"
                + " --accept, and the last snapshot of a source may go with --allow-last.");
      }
    }
    return verdicts;
  }

  private Retention retention(List<Snapshot> all) {
    List<Mark> marks = repository.marks().list(Forget::refuse);
    return new Retention(all, marks, zone);
  }

  /** A mark that cannot be read may be a pin. */
  private static void refuse(MailkeepException e) {
    throw new RefusedException(
        "What is pinned cannot be told: " + e.getMessage(),
        "Nothing was forgotten. Remove that object if it is damaged for good, and pin again.",
        e);
  }

  /**
   * Forgets all snapshots that have no reason to stay, and marks of snapshots that are gone.
   *
   * @return what could not be removed
   */
  public List<MailkeepException> forget(Map<SnapshotGroup, List<Verdict>> verdicts) {
    return forget(verdicts.values().stream().flatMap(List::stream).toList());
  }

  /** As above. */
  public List<MailkeepException> forget(List<Verdict> verdicts) {
    List<MailkeepException> failures = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      if (!verdict.stays()) {
        attempt(failures, () -> repository.snapshots().delete(verdict.snapshot().id()));
      }
    }
    SnapshotMarks marks = repository.marks();
    List<Mark> all = marks.list(failures::add);
    if (!all.isEmpty()) {
      Set<ObjectId> left = new HashSet<>(repository.snapshots().ids());
      all.stream()
          .filter(mark -> !left.contains(mark.snapshot()))
          .forEach(mark -> attempt(failures, () -> marks.remove(mark)));
    }
    return failures;
  }

  private static void attempt(List<MailkeepException> failures, Runnable removal) {
    try {
      removal.run();
    } catch (MailkeepException e) {
      failures.add(e);
    }
  }

  /** Notes something about a snapshot, unless it is noted already. */
  public void mark(Snapshot snapshot, Meaning meaning, Instant now) {
    if (marksOf(snapshot, meaning).findAny().isEmpty()) {
      Object _ = repository.marks().add(snapshot.id(), meaning, now);
    }
  }

  /** Takes back what was noted about a snapshot. */
  public void unmark(Snapshot snapshot, Meaning meaning) {
    marksOf(snapshot, meaning).toList().forEach(repository.marks()::remove);
  }

  private Stream<Mark> marksOf(Snapshot snapshot, Meaning meaning) {
    return repository.marks().list(Forget::refuse).stream()
        .filter(mark -> mark.snapshot().equals(snapshot.id()) && mark.meaning() == meaning);
  }
}
