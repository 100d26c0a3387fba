package org.mailkeep.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.backup.BackupSettings;
import org.mailkeep.engine.backup.CommandOutput;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.Storage;

/** A backup being described; runs once or many times. */
public final class BackupRun {

  private static final int HELD = 40;

  private final TestRepository owner;
  private final List<RawPath> sources;
  private final List<PathPattern> exclude = new ArrayList<>();
  private final List<RawPath> ownFolders = new ArrayList<>();
  private final List<CommandOutput> commands = new ArrayList<>();
  private Optional<Duration> commandTimeout = Optional.empty();
  private boolean oneFileSystem;
  private boolean includeAll;
  private boolean fullScan;
  private Parallelism parallelism = Parallelism.all();
  private Effort effort = Effort.DEFAULT;
  private boolean history = true;
  private BackupObserver observer = BackupObserver.SILENT;
  private Cancellation cancellation = new Cancellation();
  private Repository repository;

  BackupRun(TestRepository owner, List<RawPath> sources) {
    this.owner = owner;
    this.sources = sources;
    this.repository = owner.repository();
  }

  public BackupRun exclude(String... patterns) {
    List.of(patterns).forEach(pattern -> exclude.add(PathPattern.of(pattern)));
    return this;
  }

  public BackupRun ownFolder(Path folder) {
    ownFolders.add(RawPath.of(folder.toString()));
    return this;
  }

  /** Also stores what this command prints. */
  public BackupRun command(String name, String line) {
    commands.add(new CommandOutput(name, line, commandTimeout));
    return this;
  }

  /** How long the commands named after this may run. */
  public BackupRun commandTimeout(Duration timeout) {
    commandTimeout = Optional.of(timeout);
    return this;
  }

  public BackupRun oneFileSystem() {
    oneFileSystem = true;
    return this;
  }

  public BackupRun includeAll() {
    includeAll = true;
    return this;
  }

  public BackupRun fullScan() {
    fullScan = true;
    return this;
  }

  public BackupRun withThreads(int most) {
    parallelism = Parallelism.atMost(most);
    return this;
  }

  public BackupRun compressing(Effort wanted) {
    effort = wanted;
    return this;
  }

  public BackupRun withoutHistory() {
    history = false;
    return this;
  }

  public BackupRun watchedBy(BackupObserver watcher) {
    observer = watcher;
    return this;
  }

  public BackupRun stoppedBy(Cancellation stop) {
    cancellation = stop;
    return this;
  }

  public BackupRun through(Storage storage) {
    repository = owner.through(storage);
    return this;
  }

  private Backup backup() {
    BackupSettings settings =
        new BackupSettings(
            sources,
            List.of(),
            commands,
            exclude,
            ownFolders,
            oneFileSystem,
            includeAll,
            fullScan,
            List.of("tag"),
            "mail.example",
            List.of(),
            "mailkeep test",
            parallelism,
            effort,
            history);
    // So little that folders of tests count as large, too.
    SortSpace space = new SortSpace(owner.state().folder(), HELD);
    return new Backup(repository, owner.state(), settings, observer, cancellation).sorting(space);
  }

  public Backup.Report run() {
    return backup().run(false);
  }

  /** As a rollback does it: beside the ordinary ones. */
  public Backup.Report apart() {
    return backup().apart().run(false);
  }

  public Backup.Report runIfChanged() {
    return backup().run(true);
  }

  public Backup.Report dryRun() {
    return backup().dryRun();
  }

  /** Runs and gives the snapshot. */
  public Snapshot snapshot() {
    return run().snapshot().orElseThrow();
  }
}
