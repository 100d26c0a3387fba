package org.mailkeep.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
import org.mailkeep.cli.options.ByteRate;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.options.WorkingDirectory;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.backup.BackupSettings;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.storage.LimitedStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StorageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a snapshot. */
@Command(
    name = "backup",
    description = "Make a snapshot of files and folders.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Stores what is new or changed and writes a snapshot. Files that vanish",
      "meanwhile are no error; files that cannot be read are listed, and the exit",
      "code is 3.",
      "",
      "Left out by itself, wherever it lies: the content of qmail queues, of tmp in",
      "Maildirs and of supervise; locks, half-written files, and caches that the mail",
      "servers build again. -v names each with the reason; --include-all keeps them.",
      "",
      "Patterns: * and ? within a name, ** across folders, [a-z]. One without a",
      "slash fits names at any depth, one that begins with a slash whole paths.",
      "",
      "Examples:",
      "  mailkeep backup --init /home/vpopmail /var/qmail",
      "  mailkeep backup --exclude '*.tmp' --tag daily /home/vpopmail"
    })
public final class BackupCommand implements Callable<Integer> {

  /** How a scan treats message folders that seem unchanged. */
  enum Scan {
    /** They are not listed, but once a day. */
    auto,
    /** Every file is looked at. */
    full
  }

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "What to back up.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--init",
      description =
          "Create the repository first if there is none: with a password if one is given, else a key file.")
  private boolean init;

  @Option(
      names = {"-e", "--exclude"},
      paramLabel = "PATTERN",
      description = "Leave out what fits PATTERN.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--exclude-from",
      paramLabel = "FILE",
      description = "Leave out what fits a line of FILE; empty lines and # comments are skipped.")
  private List<Path> excludeFrom = new ArrayList<>();

  @Option(
      names = {"-x", "--one-file-system"},
      description = "Do not cross into other file systems below a PATH.")
  private boolean oneFileSystem;

  @Option(
      names = "--include-all",
      description =
          "Keep also what mail servers make again or nobody can use: queues, tmp folders, states of"
              + " services, caches, locks.")
  private boolean includeAll;

  @Option(names = "--tag", paramLabel = "WORD", description = "Mark the snapshot with a word.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Name the machine (default: this one's name).")
  private @Nullable String host;

  @Option(
      names = "--scan",
      paramLabel = "auto|full",
      description =
          "full: look at every file. auto (default): skip message folders whose times have not changed, with a full scan once a day.")
  private Scan scan = Scan.auto;

  @Option(
      names = "--compression",
      paramLabel = "fast|default|best",
      description =
          "How hard to compress what is new (default: default). Runs may differ; restoring is as"
              + " fast from any.")
  private Effort effort = Effort.DEFAULT;

  @Option(
      names = "--limit-upload",
      paramLabel = "RATE",
      converter = ByteRate.Converter.class,
      description =
          "Write at most RATE bytes a second to the repository, such as 500K or 2M (1K is 1024).")
  private @Nullable ByteRate uploadLimit;

  @Option(
      names = "--skip-if-unchanged",
      description = "Write no snapshot when nothing has changed since the last one.")
  private boolean skipIfUnchanged;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only look: say what would be read, store nothing.")
  private boolean dryRun;

  @Option(
      names = {"-v", "--verbose"},
      description = "Name what is left out.")
  private boolean verbose;

  /** Stops when asked to. */
  public BackupCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    List<PathPattern> patterns = patterns();
    Parallelism parallelism = work.parallelism();
    work.giveWay(terminal);
    long start = System.nanoTime();
    try (Repository open = open();
        HostState state = HostState.own(repository, open);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      Backup backup =
          new Backup(
              open,
              state.database(),
              settings(patterns, state, parallelism),
              new Watch(progress),
              cancellation);
      Backup.Report report = dryRun ? backup.dryRun() : backup.run(skipIfUnchanged);
      progress.end();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      tell(report, time);
      return report.manifest().isIncomplete() ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }
  }

  private Repository open() {
    Opening opening = new Opening(repository, terminal, this::limit);
    if (init && !opening.exists()) {
      Opening.Made made = opening.make(false);
      KeyNotice.tell(made, repository, terminal);
      return made.repository();
    }
    return opening.open();
  }

  private Storage limit(Storage storage) {
    return uploadLimit == null
        ? storage
        : new LimitedStorage(storage, uploadLimit.bytesPerSecond());
  }

  private BackupSettings settings(
      List<PathPattern> patterns, HostState state, Parallelism parallelism) {
    List<RawPath> own = new ArrayList<>();
    own.add(real(state.database().folder()));
    if (repository.location() instanceof StorageLocation.LocalFolder folder) {
      own.add(real(folder.root()));
    }
    return new BackupSettings(
        paths.stream().map(BackupCommand::absolute).toList(),
        patterns,
        own,
        oneFileSystem,
        includeAll,
        scan == Scan.full,
        tags,
        host != null ? host : hostName(),
        options(),
        Version.text(),
        parallelism,
        effort);
  }

  private List<PathPattern> patterns() {
    List<PathPattern> patterns = new ArrayList<>();
    exclude.forEach(pattern -> patterns.add(PathPattern.of(pattern)));
    for (Path file : excludeFrom) {
      try {
        RawText.decode(Files.readAllBytes(file))
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .forEach(line -> patterns.add(PathPattern.of(line)));
      } catch (IOException e) {
        throw new UsageException(
            "The file of patterns " + file + " cannot be read: " + e.getMessage(),
            "Check --exclude-from.",
            e);
      }
    }
    return patterns;
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    exclude.forEach(pattern -> options.add("--exclude " + pattern));
    excludeFrom.forEach(file -> options.add("--exclude-from " + file));
    if (oneFileSystem) {
      options.add("--one-file-system");
    }
    if (includeAll) {
      options.add("--include-all");
    }
    return options;
  }

  private static RawPath absolute(String path) {
    RawPath whole = WorkingDirectory.resolve(path);
    if (whole.names().stream().anyMatch(name -> name.is(".."))) {
      throw new UsageException("'" + RawPath.of(path) + "' has .. in it", "Name the path itself.");
    }
    return whole;
  }

  private static RawPath real(Path path) {
    try {
      return RawPath.of(path.toRealPath().toString());
    } catch (IOException e) {
      return RawPath.of(path.toAbsolutePath().toString());
    }
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  private void tell(Backup.Report report, Duration time) {
    Manifest manifest = report.manifest();
    Manifest.Counts counts = manifest.counts();
    if (output.json()) {
      terminal.line(Json.of(json(report, time)));
      return;
    }
    if (output.quiet()) {
      return;
    }
    terminal.line(
        Units.count(manifest.root().files(), "file")
            + " ("
            + Units.size(manifest.root().size())
            + "): "
            + Units.count(counts.newFiles())
            + " new, "
            + Units.count(counts.changedFiles())
            + " changed, "
            + Units.count(counts.unchangedFiles())
            + " unchanged"
            + (report.fullScan() ? "" : " (unchanged message folders not listed)"));
    long leftOut = manifest.leftOut().stream().mapToLong(Manifest.LeftOut::count).sum();
    if (leftOut > 0) {
      terminal.line("Left out: " + Units.count(leftOut) + (verbose ? "" : " (-v names each)"));
    }
    if (dryRun) {
      terminal.line("Would read " + Units.size(counts.addedBytes()) + "; nothing was stored.");
      return;
    }
    terminal.line(
        "New content "
            + Units.size(counts.addedBytes())
            + ", added to the repository "
            + Units.size(report.storedBytes()));
    if (manifest.isIncomplete()) {
      terminal.line(
          Units.count(manifest.unreadable().count(), "file")
              + " could not be read; the snapshot is without them");
    }
    String name =
        report
            .snapshot()
            .map(snapshot -> "Snapshot " + snapshot.id().shortForm() + " of ")
            .orElse("Nothing has changed; no snapshot of ");
    terminal.line(name + Units.time(manifest.time()) + ", in " + Units.duration(time));
  }

  private Map<String, Object> json(Backup.Report report, Duration time) {
    Manifest manifest = report.manifest();
    Map<String, Object> members = new LinkedHashMap<>();
    report.snapshot().ifPresent(snapshot -> members.put("snapshot", snapshot.id().toString()));
    members.put("time", manifest.time().toString());
    members.put("dryRun", dryRun);
    members.put("fullScan", report.fullScan());
    members.put("files", manifest.root().files());
    members.put("bytes", manifest.root().size());
    members.put("newFiles", manifest.counts().newFiles());
    members.put("changedFiles", manifest.counts().changedFiles());
    members.put("unchangedFiles", manifest.counts().unchangedFiles());
    members.put("newBytes", manifest.counts().addedBytes());
    members.put("storedBytes", report.storedBytes());
    members.put("unreadableFiles", manifest.unreadable().count());
    members.put("unreadable", SnapshotJson.failures(manifest));
    members.put("leftOut", SnapshotJson.leftOut(manifest));
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }

  /** Passes on what the backup tells. */
  private final class Watch implements BackupObserver {
    private final Progress progress;

    Watch(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void expected(long files, long bytes) {
      progress.total(files, bytes);
    }

    @Override
    public void entries(long files, long bytes) {
      progress.done(files, bytes);
    }

    @Override
    public void reading(RawPath path) {
      if (terminal.isWatched()) {
        progress.current(path.text());
      }
    }

    @Override
    public void leftOut(RawPath path, String reason) {
      if (verbose) {
        terminal.note("left out: " + path + " (" + reason + ")");
      }
    }

    @Override
    public void unreadable(RawPath path, String problem) {
      terminal.note("mailkeep: cannot read " + path + ": " + problem);
    }
  }
}
