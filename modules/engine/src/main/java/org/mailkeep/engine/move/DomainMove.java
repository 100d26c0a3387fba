package org.mailkeep.engine.move;

import java.util.List;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.error.CommandFailedException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.unix.Directory;

/** Moves domains of a snapshot to another server. Cut off at any step, it can be run again. */
public final class DomainMove {

  private final Snapshot snapshot;
  private final ChunkReader reader;
  private final MoveSettings settings;
  private final MoveObserver observer;
  private final Cancellation cancellation;
  private final AccountDatabase host;
  private final Runnable stepped;
  private final NewServer server;
  private final FollowUpRun followUps;

  /**
   * A move to this host.
   *
   * @param host who is who on it
   */
  public DomainMove(
      Snapshot snapshot,
      ChunkReader reader,
      MoveSettings settings,
      MoveObserver observer,
      Cancellation cancellation,
      AccountDatabase host) {
    this(snapshot, reader, settings, observer, cancellation, host, () -> {});
  }

  /**
   * @param stepped runs after each step
   */
  DomainMove(
      Snapshot snapshot,
      ChunkReader reader,
      MoveSettings settings,
      MoveObserver observer,
      Cancellation cancellation,
      AccountDatabase host,
      Runnable stepped) {
    this.snapshot = snapshot;
    this.reader = reader;
    this.settings = settings;
    this.observer = observer;
    this.cancellation = cancellation;
    this.host = host;
    this.stepped = stepped;
    this.server = new NewServer(settings.newRoot(), settings.qmail());
    this.followUps = new FollowUpRun(server);
  }

  /**
   * What a move did.
   *
   * @param plan what it was to do
   * @param files how many files came back
   * @param bytes their content
   * @param skipped how many were there already and were left as they are
   * @param problems how many did not come back as they were
   * @param released whether mail is let in
   */
  public record Report(
      MovePlan plan, long files, long bytes, long skipped, long problems, boolean released) {}

  /**
   * What would be done; writes nothing.
   *
   * @throws RefusedException where something stands in the way
   */
  public MovePlan plan() {
    return plan(observer);
  }

  private MovePlan plan(RestoreObserver watcher) {
    boolean elsewhere = !settings.newRoot().equals(RawPath.ROOT);
    if (settings.finish() && elsewhere) {
      throw new UsageException(
          "--finish runs programs of this host, and " + settings.newRoot() + " is another root",
          "Leave out --finish, and run what is printed then on the server itself.");
    }
    MovePlan plan = new MovePlanner(snapshot, settings, old(), server, host).plan();
    if (settings.finish()) {
      FollowUpRun.requirePrograms(plan.followUps());
    }
    plan.domains().stream()
        .filter(domain -> domain.step() != MovingDomain.Step.NOTHING)
        .forEach(domain -> restore(domain, watcher).check());
    return plan;
  }

  private OldServer old() {
    return new OldServer(
        new SnapshotTree(snapshot, new TreeReader(reader)),
        new ContentReader(reader),
        settings.oldRoot(),
        settings.oldQmail());
  }

  /**
   * Moves.
   *
   * @throws RefusedException where something stands in the way, of any of the domains, before
   *     anything is written
   * @throws CommandFailedException where a program fails; mail waits
   */
  public Report run() {
    MovePlan plan = plan(RestoreObserver.SILENT);
    List<Restore.Report> restored =
        plan.domains().stream()
            .filter(domain -> domain.step() != MovingDomain.Step.NOTHING)
            .map(domain -> bring(domain, plan))
            .toList();
    addLines(plan);
    long problems = restored.stream().mapToLong(Restore.Report::problems).sum();
    boolean release = settings.finish() && problems == 0;
    if (release) {
      follow(plan, FollowUp.Due.COMPLETE);
    }
    return new Report(
        plan,
        restored.stream().mapToLong(Restore.Report::files).sum(),
        restored.stream().mapToLong(Restore.Report::bytes).sum(),
        restored.stream().mapToLong(Restore.Report::kept).sum(),
        problems,
        release);
  }

  /** The folder with all that is in it. */
  private Restore.Report bring(MovingDomain domain, MovePlan plan) {
    HeldFolder folder = new HeldFolder(server, domain.home());
    if (domain.step() == MovingDomain.Step.MAKE) {
      folder.make(snapshot.id());
    } else {
      folder.hold();
    }
    if (domain.isResumed()) {
      try (Directory directory = server.open(domain.home())) {
        Leftovers.remove(directory);
      }
    }
    stepped();
    Restore.Report report = restore(domain, observer).run();
    if (report.problems() == 0 && domain.step() != MovingDomain.Step.CONTINUE) {
      folder.filled(snapshot.id());
    }
    try (Directory directory = server.open(domain.home())) {
      new Instructions(old())
          .visit(domain, new InstructionWriting(domain, directory, this::stepped)::write);
    }
    folder.settle(domain.folder().entry().metadata(), plan.mapping());
    stepped();
    return report;
  }

  private Restore restore(MovingDomain domain, RestoreObserver watcher) {
    RawPath folder = domain.folder().path();
    RestoreSettings restore =
        new RestoreSettings(
            server.here(domain.home()),
            folder,
            folder,
            List.of(),
            List.of(),
            domain.existing(settings.existing()),
            false,
            List.of(),
            true,
            MovePlanner.ownership(settings, List.of(domain)),
            false,
            settings.parallelism());
    return new Restore(snapshot, reader, restore, watcher, cancellation, host);
  }

  /** The lines, and what must be run before the next ones count. */
  private void addLines(MovePlan plan) {
    tell(server.editAssign(file -> file.with(plan.assign())));
    follow(plan, FollowUp.Due.ASSIGNED);
    tell(server.editControl("locals", file -> file.without(plan.locals())));
    tell(server.editControl("virtualdomains", file -> file.with(plan.virtualDomains())));
    follow(plan, FollowUp.Due.VIRTUAL);
    tell(server.editRcptHosts(hosts -> hosts.with(plan.hosts())));
    tell(server.editMoreRcptHosts(hosts -> hosts.with(plan.hosts())));
    follow(plan, FollowUp.Due.ACCEPTED);
  }

  private void follow(MovePlan plan, FollowUp.Due due) {
    if (settings.finish()) {
      for (FollowUp followUp : plan.followUps()) {
        if (followUp.due() == due) {
          followUps.run(followUp);
          observer.done(followUp);
          stepped();
        }
      }
    }
  }

  private void tell(FileChange change) {
    if (!change.isNothing()) {
      observer.changed(change);
      stepped();
    }
  }

  private void stepped() {
    stepped.run();
    cancellation.check();
  }
}
