package org.mailkeep.engine.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.restore.Decisions.Decision;
import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Decides for every path what a restore would do about it, as the restore itself will, and tells it
 * without doing it. Holds nothing but sums.
 */
final class Planner implements TargetWalk.Visitor {

  private final Decisions decisions;
  private final EntryComparison comparison;
  private final OwnerMapping mapping;
  private final LinkGroups groups;
  private final Telling telling;
  private final Deque<Pending> pending = new ArrayDeque<>();

  /**
   * To whom the plan is told, and where it is summed up.
   *
   * @param planned is told of every path
   * @param observer is told of what cannot be planned
   * @param tallies count paths
   * @param owners count owners
   */
  record Telling(
      PlanObserver planned, RestoreObserver observer, Plan.Tallies tallies, OwnerCounts owners) {}

  /** A directory that is told of when the first thing in it is wanted. */
  private record Pending(Wanted directory, TargetFolder folder) {}

  Planner(
      Decisions decisions,
      EntryComparison comparison,
      OwnerMapping mapping,
      LinkGroups groups,
      Telling telling) {
    this.decisions = decisions;
    this.comparison = comparison;
    this.mapping = mapping;
    this.groups = groups;
    this.telling = telling;
  }

  @Override
  public void enter(Wanted directory, TargetFolder folder) {
    pending.addLast(new Pending(directory, folder));
    if (directory.whole()) {
      tellPending();
    }
  }

  @Override
  public void leave(Wanted directory, TargetFolder folder) {
    if (!pending.isEmpty() && pending.getLast().directory().equals(directory)) {
      pending.removeLast();
    }
  }

  /** Those that turned out to lead to something, the outermost first. */
  private void tellPending() {
    while (!pending.isEmpty()) {
      Pending next = pending.removeFirst();
      tell(next.directory(), next.folder());
    }
  }

  private void tell(Wanted wanted, TargetFolder folder) {
    Optional<Directory> present = folder.directory();
    if (folder.isTaken()) {
      report(wanted, Change.BLOCKED, "something that is no directory has the name");
    } else if (present.isEmpty()) {
      report(wanted, Change.MAKE, "");
    } else if (wanted.whole()) {
      List<String> differences =
          wanted.isPartial() ? List.of() : comparison.metadata(wanted, present.get());
      report(
          wanted,
          differences.isEmpty() ? Change.KEEP : Change.MEND,
          String.join(", ", differences));
    }
  }

  @Override
  public void file(Wanted file, TargetFolder folder) {
    tellPending();
    if (folder.directory().isEmpty()) {
      absent(file);
      return;
    }
    try {
      present(new FileJob(folder.directory().get(), file.path(), file.entry()), file);
    } catch (SystemCallException e) {
      telling.observer().problem(file.path(), e.problem());
    } catch (UnreadableException e) {
      telling.observer().problem(file.path(), e.getMessage());
    }
  }

  /** The directory that it belongs in is to be made. */
  private void absent(Wanted file) {
    boolean first = true;
    if (file.entry().linkGroup() != 0) {
      first = groups.enter(file.path(), file.entry()).isEmpty();
      groups.settle(file.path(), file.entry(), Decision.MAKE);
    }
    report(file, Change.MAKE, first ? file.entry().size() : 0, "");
  }

  private void present(FileJob job, Wanted file) {
    Optional<LinkGroups.First> first =
        job.entry().linkGroup() == 0
            ? Optional.empty()
            : groups.enter(job.path(), job.entry()).filter(LinkGroups.First::isSettled);
    Decision decision =
        first.isPresent() ? decisions.decide(job, first.get()) : decisions.decide(job);
    if (first.isEmpty()) {
      groups.settle(job.path(), job.entry(), decision);
    }
    long size = first.isPresent() ? 0 : job.entry().size();
    report(file, decision.change(), size, reason(job, decision));
  }

  private String reason(FileJob job, Decision decision) {
    return switch (decision.change()) {
      case MEND -> String.join(", ", comparison.metadata(job, decision.present().orElseThrow()));
      case BLOCKED ->
          decision.present().map(FileStat::type).orElseThrow() == FileType.DIRECTORY
              ? "a directory has the name"
              : "it exists already";
      default -> "";
    };
  }

  @Override
  public void damaged(Wanted directory, UnreadableException damage) {
    telling
        .observer()
        .problem(directory.path(), "not all of it can be restored: " + damage.getMessage());
  }

  private void report(Wanted wanted, Change change, String reason) {
    report(wanted, change, 0, reason);
  }

  private void report(Wanted wanted, Change change, long size, String reason) {
    int uid = wanted.entry().metadata().uid();
    int gid = wanted.entry().metadata().gid();
    telling.tallies().add(change, wanted.isDirectory(), size);
    telling.owners().add(uid, gid);
    telling
        .planned()
        .entry(
            new PlannedEntry(
                wanted.path(),
                change,
                EntryComparison.typeOf(wanted.entry().body()),
                wanted.isDirectory() ? 0 : wanted.entry().size(),
                mapping.uid(uid),
                mapping.gid(gid),
                reason));
  }
}
