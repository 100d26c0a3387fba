package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.account.OwnershipCheck;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.unix.Accounts;
import org.mailkeep.unix.Directory;

/** Restores a snapshot, or part of one. */
public final class Restore {

  private final Snapshot snapshot;
  private final SnapshotTree tree;
  private final WantedTree wanted;
  private final ChunkReader reader;
  private final RestoreSettings settings;
  private final RestoreTarget target;
  private final RestoreObserver observer;
  private final Cancellation cancellation;
  private final AccountDatabase host;
  private final Predicate<RawPath> removable;

  /** A restore of this snapshot to this host. */
  public Restore(
      Snapshot snapshot,
      ChunkReader reader,
      RestoreSettings settings,
      RestoreObserver observer,
      Cancellation cancellation) {
    this(snapshot, reader, settings, observer, cancellation, new Accounts());
  }

  /**
   * A restore of this snapshot to this host.
   *
   * @param removable which paths, as the snapshot would have them, may be removed where the
   *     settings say that what it does not have is
   */
  public Restore(
      Snapshot snapshot,
      ChunkReader reader,
      RestoreSettings settings,
      RestoreObserver observer,
      Cancellation cancellation,
      Predicate<RawPath> removable) {
    this(snapshot, reader, settings, observer, cancellation, new Accounts(), removable);
  }

  /**
   * A restore of this snapshot.
   *
   * @param host who is who where the files will be
   */
  public Restore(
      Snapshot snapshot,
      ChunkReader reader,
      RestoreSettings settings,
      RestoreObserver observer,
      Cancellation cancellation,
      AccountDatabase host) {
    this(snapshot, reader, settings, observer, cancellation, host, _ -> true);
  }

  private Restore(
      Snapshot snapshot,
      ChunkReader reader,
      RestoreSettings settings,
      RestoreObserver observer,
      Cancellation cancellation,
      AccountDatabase host,
      Predicate<RawPath> removable) {
    this.removable = removable;
    this.snapshot = snapshot;
    this.tree = new SnapshotTree(snapshot, new TreeReader(reader));
    this.wanted = new WantedTree(tree, new Selection(settings), settings.base());
    this.reader = reader;
    this.settings = settings;
    this.target = new RestoreTarget(settings.target(), settings.base());
    this.observer = observer;
    this.cancellation = cancellation;
    this.host = host;
  }

  /**
   * What a restore did.
   *
   * @param files entries that are no directories, written
   * @param directories directories that were asked for
   * @param bytes content written
   * @param existing entries that were there already
   * @param mended of these, how many got nothing but their metadata
   * @param kept of these, how many were left as they are
   * @param removed files and directories that the snapshot does not have, removed
   * @param verified entries that were compared in the end
   * @param differences how many entries and directories were found to be different then
   * @param problems how many entries did not come back as they were
   * @param nextSteps what the administrator must do now, in order
   */
  public record Report(
      long files,
      long directories,
      long bytes,
      long existing,
      long mended,
      long kept,
      long removed,
      long verified,
      long differences,
      long problems,
      List<NextStep> nextSteps) {
    /** Copies the list. */
    public Report {
      nextSteps = List.copyOf(nextSteps);
    }
  }

  /** What would be done, path by path, and what stands in the way; writes nothing. */
  public Plan dryRun(PlanObserver planned) {
    SnapshotTree.Found part = tree.require(settings.part());
    OwnerMapping mapping = mapping();
    Preflight preflight = Preflight.of(wanted, settings.target(), cancellation);
    preflight.requireAnything(part.entry());
    List<String> warnings = new ArrayList<>();
    List<String> refusals = checks(mapping).refusals(preflight, warnings);
    warnings.forEach(observer::warning);
    Plan.Tallies tallies = new Plan.Tallies();
    OwnerCounts owners = new OwnerCounts();
    try (LinkGroups groups = new LinkGroups();
        TargetFolder folder = TargetFolder.open(settings.target())) {
      EntryComparison comparison = new EntryComparison(settings.owner(), mapping);
      Decisions decisions =
          new Decisions(settings.existing(), comparison, new ContentReader(reader));
      Planner.Telling telling = new Planner.Telling(planned, observer, tallies, owners);
      TargetWalk.run(
          wanted,
          folder,
          new Planner(decisions, comparison, mapping, groups, telling),
          cancellation);
      folder.directory().ifPresent(open -> planRemovals(open, planned, tallies, refusals));
    }
    return new Plan(
        tallies.sums(),
        owners.users(mapping, snapshot.manifest(), host),
        owners.groups(mapping, snapshot.manifest(), host),
        refusals);
  }

  private void planRemovals(
      Directory open, PlanObserver planned, Plan.Tallies tallies, List<String> refusals) {
    try {
      PlannedRemoval removal = new PlannedRemoval(planned, tallies);
      spared()
          .ifPresent(paths -> new SurplusRemoval(wanted, paths, removal, cancellation).run(open));
    } catch (RefusedException e) {
      refusals.add(RestoreChecks.sentence(e));
    }
  }

  /**
   * Refuses what {@link #run} would refuse, for who has other things to do between. Writes nothing.
   *
   * @throws RefusedException where something stands in the way
   */
  public void check() {
    var _ = checked(mapping());
  }

  private Preflight checked(OwnerMapping mapping) {
    SnapshotTree.Found part = tree.require(settings.part());
    Preflight preflight = Preflight.of(wanted, settings.target(), cancellation);
    checks(mapping).require(part.entry(), preflight).forEach(observer::warning);
    return preflight;
  }

  /**
   * Restores. What is done is on disk when this returns.
   *
   * @throws RefusedException where something stands in the way; nothing was written
   */
  public Report run() {
    OwnerMapping mapping = mapping();
    Preflight preflight = checked(mapping);
    Optional<SparedPaths> spared = spared();
    RestoreLog log = new RestoreLog(observer);
    try (Directory open = target.open()) {
      new RestoreExecution(wanted, reader, settings, mapping, observer, log, cancellation)
          .run(open, preflight, spared);
    }
    return report(preflight, log);
  }

  private Report report(Preflight preflight, RestoreLog log) {
    List<NextStep> steps =
        log.followUps().list(snapshot.id().shortForm(), target::hasQueue).stream()
            .map(NextStep::of)
            .toList();
    return new Report(
        log.files(),
        preflight.directories(),
        log.bytes(),
        preflight.existing(),
        log.mended(),
        log.kept(),
        log.removed(),
        log.verified(),
        log.differences(),
        log.problemCount(),
        steps);
  }

  private OwnerMapping mapping() {
    return OwnershipCheck.mapping(settings.ownership(), snapshot.manifest(), host);
  }

  private RestoreChecks checks(OwnerMapping mapping) {
    return new RestoreChecks(settings, snapshot.manifest(), host, mapping);
  }

  /** What is not to be removed, where anything is. */
  private Optional<SparedPaths> spared() {
    return settings.delete()
        ? Optional.of(SparedPaths.of(snapshot.manifest(), settings.ownPaths(), removable))
        : Optional.empty();
  }
}
