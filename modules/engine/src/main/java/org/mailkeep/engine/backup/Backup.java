package org.mailkeep.engine.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.engine.content.MessageWatch;
import org.mailkeep.engine.history.HeaderCapture;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.unix.Directory;

/**
 * Makes one snapshot. The order is the repository's: packs, then the index segments that name them,
 * then the manifest; what the host state notes meanwhile is trusted only after that.
 */
public final class Backup {

  /** A full scan is made by itself when the last one is older than this. */
  private static final Duration FULL_SCAN_AFTER = Duration.ofDays(1);

  /** Bytes of opened blocks that are kept while the history is brought up to date. */
  private static final long HISTORY_CACHE = 32L << 20;

  /** How often a backup is tried that prunes overtake. */
  private static final int ATTEMPTS = 3;

  private final Repository repository;
  private final StateDatabase state;
  private final BackupSettings settings;
  private final BackupObserver observer;
  private final Cancellation cancellation;
  private final MassChangeAlarm alarm;
  private final InstantSource clock;

  /** Tells what it remembers from what other backups remember; empty for most. */
  private final String memories;

  private final SortSpace space;

  /** A backup into this repository. */
  public Backup(
      Repository repository,
      StateDatabase state,
      BackupSettings settings,
      BackupObserver observer,
      Cancellation cancellation) {
    this(
        repository,
        state,
        settings,
        observer,
        cancellation,
        MassChangeAlarm.DEFAULT,
        InstantSource.system());
  }

  /**
   * The same backup, apart from all others of this host: it reads every file, believes nothing that
   * they remember of directories and leaves them nothing, so that the next of them counts what has
   * changed since the one before it; and it raises no alarm.
   */
  public Backup apart() {
    return new Backup(
        repository,
        state,
        settings,
        observer,
        cancellation,
        MassChangeAlarm.OFF,
        clock,
        "\0apart",
        space);
  }

  /** The same backup, with this room for sorting what large folders hold. */
  public Backup sorting(SortSpace room) {
    return new Backup(
        repository, state, settings, observer, cancellation, alarm, clock, memories, room);
  }

  /**
   * A backup into this repository.
   *
   * @param alarm when to warn that much has vanished or changed
   * @param clock gives the time of the snapshot
   */
  public Backup(
      Repository repository,
      StateDatabase state,
      BackupSettings settings,
      BackupObserver observer,
      Cancellation cancellation,
      MassChangeAlarm alarm,
      InstantSource clock) {
    this(
        repository,
        state,
        settings,
        observer,
        cancellation,
        alarm,
        clock,
        "",
        SortSpace.in(state.folder()));
  }

  private Backup(
      Repository repository,
      StateDatabase state,
      BackupSettings settings,
      BackupObserver observer,
      Cancellation cancellation,
      MassChangeAlarm alarm,
      InstantSource clock,
      String memories,
      SortSpace space) {
    this.space = space;
    this.memories = memories;
    this.alarm = alarm;
    this.clock = clock;
    this.repository = repository;
    this.state = state;
    this.settings = settings;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * What a backup did.
   *
   * @param snapshot the snapshot; empty where nothing had changed and none was wanted
   * @param manifest what the snapshot says, or would
   * @param fullScan whether every file was looked at
   * @param storedBytes what the repository grew by
   */
  public record Report(
      Optional<Snapshot> snapshot, Manifest manifest, boolean fullScan, long storedBytes) {}

  /**
   * Makes the snapshot.
   *
   * @param skipIfUnchanged whether none is made where nothing has changed since the last one
   * @throws NotFoundException where a source does not exist
   * @throws Cancellation.CancelledException where the user stopped it; what was read until then is
   *     stored and found by the next run
   * @throws RefusedException where prunes removed again and again what the backup relied on
   */
  public Report run(boolean skipIfUnchanged) {
    for (int left = ATTEMPTS; left > 0; left--) {
      Optional<Report> report = attempt(skipIfUnchanged);
      if (report.isPresent()) {
        return report.get();
      }
      observer.overtaken();
    }
    throw new RefusedException(
        "While the backup ran, a prune removed content on which it relied, and so again when it"
            + " was repeated",
        "No snapshot was made. Run the backup again, and prune less often or with a longer --grace.");
  }

  /** One run; gives nothing where a prune may have removed what the snapshot needs. */
  private Optional<Report> attempt(boolean skipIfUnchanged) {
    Instant start = clock.instant();
    WriteWindow window = WriteWindow.open(clock);
    checkSources();
    LocalIndex index = repository.index(state);
    IndexSync sync = repository.sync(index);
    var _ = sync.pullToWrite();
    RunLedger runs = new RunLedger(state, index.generation());
    byte[] selection = selection();
    boolean fullScan = settings.fullScan() || isFullScanDue(runs, selection, start);
    ScanLog log = new ScanLog(observer);
    SealingSession session = repository.keys().startSealing();
    Parallelism threads = settings.parallelism();
    try (ChunkWriter writer =
        repository.writer(index, session, settings.effort().level(), threads.compressors())) {
      DirectoryMemory memory = new DirectoryMemory(state, runs, settings.fingerprint() + memories);
      new Memento(state, selection)
          .root()
          .ifPresent(before -> observer.expected(before.files(), before.size()));
      ChunkSink sink = window.limit(writer);
      Entry root = store(writer, sink, index, memory, log, fullScan, threads.readers(), sync);
      Memento last = new Memento(state, selection);
      long stored = writer.storedBytes();
      Manifest plain = manifest(start, root, log, last.snapshot(), writer);
      Manifest manifest =
          alarm.judge(last.root(), plain, repository).map(plain::with).orElse(plain);
      Optional<Snapshot> snapshot = Optional.empty();
      if (!(skipIfUnchanged && last.hasRoot(root))) {
        if (window.isOvertaken(sync)) {
          return Optional.empty();
        }
        Snapshot saved = repository.snapshots().save(manifest, session);
        stored += repository.snapshots().size(saved.id());
        last.remember(saved.id(), root);
        new OwnSnapshots(state).remember(saved);
        snapshot = Optional.of(saved);
      }
      runs.complete();
      if (fullScan) {
        runs.fullScanDone(selection, start.toEpochMilli());
        memory.forgetOld(start.toEpochMilli());
      }
      if (snapshot.isPresent() && keepsHistory()) {
        noteHistory(index);
      }
      return Optional.of(new Report(snapshot, manifest, fullScan, stored));
    } catch (RefusedException e) {
      if (window.isLongOver()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Looks at the sources and says what a backup would read, without reading or storing anything.
   */
  public Report dryRun() {
    Instant start = clock.instant();
    checkSources();
    LocalIndex index = repository.index(state);
    RunLedger runs = new RunLedger(state, index.generation());
    ScanLog log = new ScanLog(observer);
    DirectoryMemory memory = new DirectoryMemory(state, runs, settings.fingerprint() + memories);
    DryRun nothing = new DryRun();
    try (FileReading reading =
        new FileReading(
            repository.keys(),
            nothing,
            index,
            log,
            observer,
            cancellation,
            1,
            true,
            () -> MessageWatch.NONE)) {
      boolean fullScan = settings.fullScan() || isFullScanDue(runs, selection(), start);
      OpenDirectory root = scan(reading, memory, log, nothing, TreeScan.Beside.NOTHING, fullScan);
      reading.drain();
      runs.complete();
      Manifest manifest =
          manifest(start, root.result(), log, Optional.empty(), reading::readBytes, () -> 0);
      return new Report(Optional.empty(), manifest, fullScan, 0);
    }
  }

  private Entry store(
      ChunkWriter writer,
      ChunkSink sink,
      LocalIndex index,
      DirectoryMemory memory,
      ScanLog log,
      boolean fullScan,
      int threads,
      IndexSync sync) {
    try (FileReading reading =
        new FileReading(
            repository.keys(),
            sink,
            index,
            log,
            observer,
            cancellation,
            threads,
            false,
            watches())) {
      NodeFinisher finisher = new NodeFinisher(repository.keys(), sink, memory);
      OpenDirectory root =
          scan(reading, memory, log, finisher, commands(sink, memory, log, finisher), fullScan);
      reading.drain();
      writer.flush();
      sync.publish();
      return root.result();
    } catch (Cancellation.CancelledException e) {
      writer.flush();
      sync.publish();
      throw e;
    }
  }

  /** Who cannot read the repository cannot search it, and keeps nothing of what passes by. */
  private boolean keepsHistory() {
    return settings.history() && repository.keys() instanceof FullKeys;
  }

  private Supplier<MessageWatch> watches() {
    return keepsHistory()
        ? () -> new HeaderCapture(state, repository.keys().hasher())
        : () -> MessageWatch.NONE;
  }

  /** The snapshot is there whatever happens here, and what is missing is noted another time. */
  private void noteHistory(LocalIndex index) {
    try (ChunkReader reader = repository.reader(index, HISTORY_CACHE)) {
      new HistoryUpdate(repository, state, reader, HistoryUpdate.Observer.SILENT, cancellation)
          .run();
    } catch (MailkeepException | Cancellation.CancelledException e) {
      observer.historyLags(String.valueOf(e.getMessage()));
    }
  }

  private OpenDirectory scan(
      FileReading reading,
      DirectoryMemory memory,
      ScanLog log,
      OpenDirectory.Finisher finisher,
      TreeScan.Beside beside,
      boolean fullScan) {
    return new TreeScan(
            new ScanRules(settings, KernelFolders.find()),
            memory,
            reading,
            log,
            observer,
            cancellation,
            finisher,
            repository.keys().hasher(),
            fullScan,
            space)
        .scan(SourceTree.of(settings.paths()), beside);
  }

  /** Commands run before the scan: where a database is down, nothing is read in vain. */
  private TreeScan.Beside commands(
      ChunkSink sink, DirectoryMemory memory, ScanLog log, NodeFinisher finisher) {
    if (settings.commands().isEmpty()) {
      return TreeScan.Beside.NOTHING;
    }
    ChunkHasher hasher = repository.keys().hasher();
    KnownDirectory known = memory.load(memory.key(hasher, CommandOutput.FOLDER));
    CommandFolder folder = new CommandFolder(repository.keys(), sink, log, observer, cancellation);
    return (root, stat) -> folder.fill(settings.commands(), root, stat, known, finisher, space);
  }

  private void checkSources() {
    for (RawPath source : settings.paths()) {
      List<FileName> names = source.names();
      if (!names.isEmpty()) {
        try (Directory directory = Directory.open(source.parent())) {
          directory.stat(names.getLast());
        } catch (SystemCallException e) {
          throw new NotFoundException(
              "Cannot back up " + source + ": " + e.problem(),
              "Nothing was written. Correct the path and run the command again.",
              e);
        }
      }
    }
  }

  private boolean isFullScanDue(RunLedger runs, byte[] selection, Instant now) {
    return runs.lastFullScan(selection)
        .map(last -> Instant.ofEpochMilli(last).plus(FULL_SCAN_AFTER).isBefore(now))
        .orElse(true);
  }

  private byte[] selection() {
    ChunkHasher hasher = repository.keys().hasher();
    byte[] text = RawText.encode(settings.identity() + memories);
    return hasher.id(text, 0, text.length).bytes();
  }

  private Manifest manifest(
      Instant start, Entry root, ScanLog log, Optional<ObjectId> parent, ChunkWriter writer) {
    return manifest(start, root, log, parent, writer::addedBytes, writer::storedBytes);
  }

  private interface Count {
    long get();
  }

  private Manifest manifest(
      Instant start,
      Entry root,
      ScanLog log,
      Optional<ObjectId> parent,
      Count added,
      Count stored) {
    Owners owners = new Owners(state, log);
    Map<Integer, String> users = owners.users();
    Map<Integer, String> groups = owners.groups();
    return new Manifest(
        start,
        clock.instant(),
        settings.host(),
        settings.named(),
        settings.profiles(),
        settings.tags(),
        root,
        parent,
        users,
        groups,
        owners.facts(users, groups),
        log.leftOut(),
        log.unreadable(),
        new Manifest.Counts(
            log.newFiles.sum(),
            log.changedFiles.sum(),
            log.unchangedFiles.sum(),
            added.get(),
            stored.get()),
        settings.options(),
        settings.program());
  }
}
