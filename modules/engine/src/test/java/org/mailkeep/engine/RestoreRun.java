package org.mailkeep.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.engine.restore.Plan;
import org.mailkeep.engine.restore.PlannedEntry;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.engine.restore.RewrittenFile;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Accounts;

/** A restore being described; runs once or many times. */
public final class RestoreRun {

  private final TestRepository owner;
  private final Snapshot snapshot;
  private final List<PathPattern> include = new ArrayList<>();
  private final List<PathPattern> exclude = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private RawPath base = RawPath.ROOT;
  private RawPath part = RawPath.ROOT;
  private Parallelism parallelism = Parallelism.all();
  private boolean delete;
  private boolean verify;
  private final List<RawPath> ownPaths = new ArrayList<>();
  private final List<PlannedEntry> planned = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private RestoreSettings.Existing existing = RestoreSettings.Existing.FAIL;
  private Cancellation cancellation = new Cancellation();
  private Runnable onRestored = () -> {};
  private OwnershipRequest ownership = OwnershipRequest.EXACT;
  private AccountDatabase host = new Accounts();
  private final List<String> warnings = new ArrayList<>();
  private final List<RewrittenFile> rewritten = new ArrayList<>();

  RestoreRun(TestRepository owner, Snapshot snapshot) {
    this.owner = owner;
    this.snapshot = snapshot;
  }

  public RestoreRun part(Path path) {
    part = RawPath.of(path.toString());
    return this;
  }

  /** The entries of this directory stand directly in the target. */
  public RestoreRun base(Path path) {
    base = RawPath.of(path.toString());
    return part(path);
  }

  public RestoreRun include(String pattern) {
    include.add(PathPattern.of(pattern));
    return this;
  }

  public RestoreRun exclude(String pattern) {
    exclude.add(PathPattern.of(pattern));
    return this;
  }

  public RestoreRun replace() {
    existing = RestoreSettings.Existing.REPLACE;
    return this;
  }

  public RestoreRun ifChanged() {
    existing = RestoreSettings.Existing.IF_CHANGED;
    return this;
  }

  /** Removes what the snapshot does not have, but these folders. */
  public RestoreRun delete(Path... own) {
    delete = true;
    Stream.of(own).map(folder -> RawPath.of(folder.toString())).forEach(ownPaths::add);
    return this;
  }

  /** Reads all back in the end. */
  public RestoreRun verify() {
    verify = true;
    return this;
  }

  public RestoreRun skip() {
    existing = RestoreSettings.Existing.SKIP;
    return this;
  }

  public RestoreRun stoppedBy(Cancellation stop) {
    cancellation = stop;
    return this;
  }

  /** Does this, in some thread, whenever a file is back. */
  public RestoreRun onRestored(Runnable action) {
    onRestored = action;
    return this;
  }

  /** What the user said about owners. */
  public RestoreRun owners(OwnershipRequest request) {
    ownership = request;
    return this;
  }

  /** Restores as if to this host. */
  public RestoreRun on(AccountDatabase there) {
    host = there;
    return this;
  }

  /** What the observer was told, as texts. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The files of which the observer was told that they were rewritten. */
  public List<RewrittenFile> rewritten() {
    synchronized (rewritten) {
      return List.copyOf(rewritten);
    }
  }

  /** What the observer was told, as "path: problem". */
  public List<String> problems() {
    synchronized (problems) {
      return List.copyOf(problems);
    }
  }

  public RestoreRun withThreads(int most) {
    parallelism = Parallelism.atMost(most);
    return this;
  }

  public Restore.Report to(Path target) {
    try (ChunkReader reader = owner.reader()) {
      return restore(target, reader).run();
    }
  }

  public Plan dryRunTo(Path target) {
    try (ChunkReader reader = owner.reader()) {
      planned.clear();
      return restore(target, reader).dryRun(planned::add);
    }
  }

  /** What the last plan said, as "change path". */
  public List<String> planned() {
    return planned.stream()
        .map(entry -> entry.change().name().toLowerCase(Locale.ROOT) + " " + entry.path())
        .toList();
  }

  /** The last plan's entry for a path. */
  public PlannedEntry planned(Path path) {
    return planned.stream()
        .filter(entry -> entry.path().toString().equals(path.toString()))
        .findFirst()
        .orElseThrow();
  }

  /** What a verification found, as "path: difference". */
  public List<String> differences() {
    synchronized (differences) {
      return List.copyOf(differences);
    }
  }

  private Restore restore(Path target, ChunkReader reader) {
    RestoreSettings settings =
        new RestoreSettings(
            RawPath.of(target.toString()),
            base,
            part,
            include,
            exclude,
            existing,
            delete,
            ownPaths,
            true,
            ownership,
            verify,
            parallelism);
    return new Restore(snapshot, reader, settings, new Watcher(), cancellation, host);
  }

  private final class Watcher implements RestoreObserver {
    @Override
    public void planned(long files, long bytes) {}

    @Override
    public void restored(long files, long bytes) {
      onRestored.run();
    }

    @Override
    public void warning(String text) {
      warnings.add(text);
    }

    @Override
    public void rewritten(RewrittenFile file) {
      synchronized (rewritten) {
        rewritten.add(file);
      }
    }

    @Override
    public void difference(RawPath path, String difference) {
      synchronized (differences) {
        differences.add(path + ": " + difference);
      }
    }

    @Override
    public void problem(RawPath path, String problem) {
      synchronized (problems) {
        problems.add(path + ": " + problem);
      }
    }
  }
}
