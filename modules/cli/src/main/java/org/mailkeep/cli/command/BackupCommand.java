package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
import org.mailkeep.cli.options.AlarmOptions;
import org.mailkeep.cli.options.ByteRate;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SourceOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.backup.BackupSettings;
import org.mailkeep.engine.profile.ProfileChoice;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.storage.LimitedStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.location.StorageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "Where more than a fifth of the files vanished or changed, and more than a",
      "thousand, the snapshot is marked, a warning is given, and the exit code is 3:",
      "a mount may have failed. 'forget' keeps the snapshots before it until the",
      "change is accepted.",
      "",
      "Left out by itself, wherever it lies: the content of qmail queues, of tmp in",
      "Maildirs and of supervise; locks, half-written files, and caches that the mail",
      "servers build again. -v names each with the reason; --include-all keeps them.",
      "",
      "Patterns: * and ? within a name, ** across folders, [a-z]. One without a",
      "slash fits names at any depth, one that begins with a slash whole paths.",
      "",
      "Examples:",
      "  mailkeep backup --init --profile auto",
      "  mailkeep backup --profile qmail,vpopmail,tcpserver /root/notes",
      "  mailkeep backup --profile vpopmail --command 'accounts.sql=mysqldump vpopmail'",
      "  mailkeep backup --init /home/vpopmail /var/qmail",
      "  mailkeep backup --exclude '*.tmp' --tag daily /home/vpopmail"
    })
public final class BackupCommand implements Callable<Integer> {

  /** How a scan treats message folders that seem unchanged. */
  enum Scan {
    /** They are not listed, but once a day. */
    AUTO,
    /** Every file is looked at. */
    FULL
  }

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final AlarmOptions alarm = new AlarmOptions();

  @Option(
      names = "--init",
      description =
          "Create the repository first if there is none: with a password if one is given, else a"
              + " key file.")
  private boolean init;

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
          "full: look at every file. auto (default): skip message folders whose times have not"
              + " changed, with a full scan once a day.")
  private Scan scan = Scan.AUTO;

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
      names = "--no-history",
      description =
          "Do not bring the message history of this host up to date; the next 'mailbox log' or"
              + " 'search' does.")
  private boolean withoutHistory;

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
    List<PathPattern> patterns = sources.patterns();
    List<RawPath> paths = sources.paths();
    ProfileChoice choice = sources.profiles();
    Parallelism parallelism = work.parallelism();
    work.giveWay(terminal);
    BackupReport told = new BackupReport(terminal, output, dryRun, verbose);
    told.tell(choice);
    told.tellNotRun(sources.commands());
    long start = System.nanoTime();
    try (Repository open = open();
        HostState state = HostState.own(repository, open);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      Backup backup =
          new Backup(
              open,
              state.database(),
              settings(paths, choice, patterns, state, parallelism),
              new Watch(progress),
              cancellation,
              alarm.alarm(),
              TimeSource.clock());
      Backup.Report report = dryRun ? backup.dryRun() : backup.run(skipIfUnchanged);
      progress.end();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      told.tell(report, time);
      boolean isAlarming = report.manifest().massChange().isPresent();
      return report.manifest().isIncomplete() || isAlarming ? ExitCode.INCOMPLETE : ExitCode.DONE;
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
      List<RawPath> paths,
      ProfileChoice choice,
      List<PathPattern> patterns,
      HostState state,
      Parallelism parallelism) {
    List<PathPattern> without = new ArrayList<>(patterns);
    without.addAll(choice.without());
    List<RawPath> own = new ArrayList<>();
    own.add(real(state.database().folder()));
    if (repository.location() instanceof StorageLocation.LocalFolder folder) {
      own.add(real(folder.root()));
    }
    return new BackupSettings(
        paths,
        choice.manifest(),
        sources.commands(),
        without,
        own,
        sources.oneFileSystem(),
        sources.includeAll(),
        scan == Scan.FULL,
        tags,
        host != null ? host : HostName.ofThisMachine(),
        written(choice),
        Version.text(),
        parallelism,
        effort,
        !withoutHistory);
  }

  /** With what the profiles leave out: a restore must know it before it removes anything. */
  private List<String> written(ProfileChoice choice) {
    List<String> options = new ArrayList<>(sources.written());
    choice.without().forEach(pattern -> options.add("--exclude " + pattern));
    return options;
  }

  private static RawPath real(Path path) {
    try {
      return RawPath.of(path.toRealPath().toString());
    } catch (IOException e) {
      return RawPath.of(path.toAbsolutePath().toString());
    }
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
    public void overtaken() {
      terminal.note("mailkeep: a prune removed something in use; the backup begins again");
    }

    @Override
    public void commandSays(String name, String line) {
      terminal.note(name + ": " + line);
    }

    @Override
    public void historyLags(String problem) {
      terminal.note(
          "mailkeep: the snapshot is made, but not in the message history yet: " + problem);
    }

    @Override
    public void unreadable(RawPath path, String problem) {
      terminal.note("mailkeep: cannot read " + path + ": " + problem);
    }
  }
}
