package org.mailkeep.engine.restore;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.account.OwnershipCheck;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.unix.Accounts;
import org.mailkeep.unix.Credentials;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/** Restores a snapshot, or part of one. */
public final class Restore {

  private static final int NEW_TARGET = 0755;

  private final Snapshot snapshot;
  private final SnapshotTree tree;
  private final ChunkReader reader;
  private final RestoreSettings settings;
  private final RestoreObserver observer;
  private final Cancellation cancellation;
  private final Selection selection;
  private final AccountDatabase host;

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
    this.snapshot = snapshot;
    this.tree = new SnapshotTree(snapshot, new TreeReader(reader));
    this.reader = reader;
    this.settings = settings;
    this.observer = observer;
    this.cancellation = cancellation;
    this.selection = new Selection(settings);
    this.host = host;
  }

  /**
   * What a restore did, or would do.
   *
   * @param files entries that are no directories, restored
   * @param directories directories, restored
   * @param bytes content restored
   * @param existing entries that were there already
   * @param skipped of these, how many were left as they are
   * @param problems how many entries did not come back as they were
   */
  public record Report(
      long files, long directories, long bytes, long existing, long skipped, long problems) {}

  /** What would be done, and what stands in the way; writes nothing. */
  public Report dryRun() {
    try (OptionalTarget target = OptionalTarget.open(settings.target())) {
      RestorePlan.Summary plan = new RestorePlan(tree, selection).make(target.directory());
      foretellOwners(plan);
      return new Report(
          plan.files(), plan.directories(), plan.bytes(), plan.existing().count(), 0, 0);
    }
  }

  /**
   * Restores.
   *
   * @throws RefusedException where something stands in the way; nothing was written
   */
  public Report run() {
    SnapshotTree.Found part = tree.require(settings.part());
    OwnerMapping mapping = OwnershipCheck.mapping(settings.ownership(), snapshot.manifest(), host);
    checkOwnership(mapping);
    RestorePlan.Summary plan = plan();
    if (plan.files() + plan.directories() == 0 && part.entry().files() > 0 && !plan.damaged()) {
      throw new UsageException(
          "Nothing in the snapshot fits what was asked for",
          "Patterns without a slash fit names at any depth, others whole paths.");
    }
    checkOwners(mapping, plan);
    observer.planned(plan.files(), plan.bytes());
    RestoreLog log = new RestoreLog(observer);
    try (Directory target = openTarget();
        ParallelTasks tasks = new ParallelTasks(settings.parallelism().readers())) {
      MetadataWriter metadata = new MetadataWriter(settings.owner(), mapping, log);
      RestoreWindow window =
          new RestoreWindow(
              reader,
              new FileWriting(
                  settings.existing(), metadata, new AccountFileWriting(mapping, log), log),
              new HardLinks(target, log),
              metadata,
              tasks,
              cancellation);
      boolean all = isRootWanted();
      try (RestoredDirectory root =
          RestoredDirectory.target(tree.root().entry(), target.duplicate(), all)) {
        walk(root, window, all, log);
        window.flush();
        root.finish(metadata);
      }
    }
    return new Report(
        log.files(),
        plan.directories(),
        log.bytes(),
        plan.existing().count(),
        log.skipped(),
        log.problemCount());
  }

  /** The root's own metadata is wanted only where the root itself was a source. */
  private boolean isRootWanted() {
    return tree.root().entry().body() instanceof Body.Directory root
        && !root.partial()
        && selection.wants(RawPath.ROOT, false);
  }

  private RestorePlan.Summary plan() {
    try (OptionalTarget target = OptionalTarget.open(settings.target())) {
      RestorePlan.Summary plan = new RestorePlan(tree, selection).make(target.directory());
      if (plan.obstacles().count() > 0) {
        throw new RefusedException(
            "Names are taken by something of another kind (" + examples(plan.obstacles()) + ")",
            "Nothing was written. Move them away, or restore to another --target.");
      }
      if (settings.existing() == RestoreSettings.Existing.FAIL && plan.existing().count() > 0) {
        throw new RefusedException(
            plan.existing().count() + " files exist already (" + examples(plan.existing()) + ")",
            "Nothing was written. Use --existing skip to keep them, --existing replace to"
                + " overwrite them, or another --target.");
      }
      return plan;
    }
  }

  private static String examples(RestorePlan.Taken taken) {
    String some =
        taken.examples().stream().limit(3).map(RawPath::toString).collect(Collectors.joining(", "));
    return taken.count() > 3 ? some + ", …" : some;
  }

  /** Refuses where files would become somebody else's than they were. */
  private void checkOwners(OwnerMapping mapping, RestorePlan.Summary plan) {
    if (settings.owner()) {
      OwnershipCheck.run(
              settings.ownership(), mapping, snapshot.manifest(), host, plan.users(), plan.groups())
          .forEach(observer::warning);
    }
  }

  private void foretellOwners(RestorePlan.Summary plan) {
    try {
      checkOwners(OwnershipCheck.mapping(settings.ownership(), snapshot.manifest(), host), plan);
    } catch (RefusedException e) {
      observer.warning("the restore would be refused: " + e.getMessage() + ". " + e.advice());
    }
  }

  private void checkOwnership(OwnerMapping mapping) {
    if (!settings.owner()) {
      return;
    }
    Credentials me = Credentials.current();
    Manifest manifest = snapshot.manifest();
    boolean onlyMine =
        manifest.users().keySet().stream().allMatch(uid -> mapping.uid(uid) == me.effectiveUid())
            && manifest.groups().keySet().stream()
                .allMatch(gid -> me.groups().contains(mapping.gid(gid)));
    if (!me.mayChangeOwner() && !onlyMine) {
      throw new RefusedException(
          "This user may not give files to other owners, and the snapshot has files of "
              + owners(manifest),
          "Nothing was written. Run as root, or use --no-owner to make all files your own.");
    }
  }

  private static String owners(Manifest manifest) {
    return manifest.users().entrySet().stream()
        .limit(5)
        .map(
            owner ->
                Integer.toUnsignedString(owner.getKey())
                    + (owner.getValue().isEmpty() ? "" : " (" + owner.getValue() + ")"))
        .collect(Collectors.joining(", "));
  }

  private Directory openTarget() {
    List<FileName> names = settings.target().names();
    Directory current =
        Directory.open(settings.target().isAbsolute() ? RawPath.ROOT : RawPath.of("."));
    for (FileName name : names) {
      try (Directory above = current) {
        try {
          above.makeDirectory(name, NEW_TARGET);
        } catch (SystemCallException e) {
          if (e.errno() != Errno.EEXIST) {
            throw e;
          }
        }
        // The target is the user's word: links on the way to it are followed.
        current = Directory.open(above.path().resolve(name));
      }
    }
    return current;
  }

  /** A directory of which a node is damaged, or a part cannot be made, still gives the rest. */
  private void walk(
      RestoredDirectory directory, RestoreWindow window, boolean above, RestoreLog log) {
    try {
      if (directory.entry().body() instanceof Body.Directory body) {
        for (Entry entry : tree.entries(body)) {
          visit(directory, entry, window, above, log);
        }
      }
    } catch (DamagedException e) {
      log.problem(directory.path(), "not all of it restored: " + e.getMessage());
    } catch (SystemCallException e) {
      if (FileWriting.isHopeless(e)) {
        throw e;
      }
      log.problem(directory.path(), "not all of it restored: " + e.getMessage());
    }
  }

  private void visit(
      RestoredDirectory directory,
      Entry entry,
      RestoreWindow window,
      boolean above,
      RestoreLog log) {
    RawPath path = directory.path().resolve(entry.name());
    if (!selection.mayContain(path)) {
      return;
    }
    boolean wanted = selection.wants(path, above);
    if (entry.body() instanceof Body.Directory) {
      RestoredDirectory below = directory.below(path, entry, wanted);
      if (!wanted || isMade(below, log)) {
        walk(below, window, wanted, log);
        window.finish(below);
      }
    } else if (wanted) {
      window.add(new FileJob(directory, entry));
    }
  }

  private static boolean isMade(RestoredDirectory directory, RestoreLog log) {
    try {
      var _ = directory.open();
      return true;
    } catch (SystemCallException e) {
      if (FileWriting.isHopeless(e)) {
        throw e;
      }
      log.problem(directory.path(), "not restored, nor what is in it: " + e.problem());
      return false;
    }
  }

  /** The target, if it is there yet. */
  private record OptionalTarget(Optional<Directory> directory) implements AutoCloseable {
    static OptionalTarget open(RawPath path) {
      try {
        return new OptionalTarget(Optional.of(Directory.open(path)));
      } catch (SystemCallException e) {
        if (e.errno() == Errno.ENOENT) {
          return new OptionalTarget(Optional.empty());
        }
        throw e;
      }
    }

    @Override
    public void close() {
      directory.ifPresent(Directory::close);
    }
  }
}
