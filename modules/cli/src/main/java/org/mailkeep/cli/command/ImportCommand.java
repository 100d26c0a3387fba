package org.mailkeep.cli.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
import org.mailkeep.cli.options.ByteSize;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.options.WorkingDirectory;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.archive.ArchiveObserver;
import org.mailkeep.engine.archive.ArchiveReader;
import org.mailkeep.engine.archive.Archives;
import org.mailkeep.engine.archive.FolderReader;
import org.mailkeep.engine.ingest.Import;
import org.mailkeep.engine.ingest.ImportObserver;
import org.mailkeep.engine.ingest.ImportSettings;
import org.mailkeep.engine.ingest.SkippedMembers;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import org.mailkeep.unix.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a snapshot of an archive. */
@Command(
    name = "import",
    description = "Make a snapshot of an old tar or cpio archive, or of a plain folder.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "ARCHIVE is tar or cpio, plain or compressed with gzip, bzip2, xz or zstd; what",
      "it is, its content tells. It is read once, and no copy of it is made. What the",
      "repository has already is not stored again.",
      "",
      "The snapshot is of the day of the newest file in it (--time says another), so",
      "it takes its place among the others. Names in the archive stand below --root:",
      "a leading / or ./ means nothing, and one with .. is refused, as are hard links",
      "to what is not in the archive, and members below a file or link. Of two members",
      "of one name the last counts. An archive that is damaged or cut off makes no",
      "snapshot (exit code 1).",
      "",
      "Examples:",
      "  mailkeep import /old/vpopmail-2019-03-01.tar.gz --tag tape",
      "  ssh old cat /backup/domains.tar.xz | mailkeep import - --root /home/vpopmail",
      "  mailkeep import /mnt/rsync/mail.2021-06-30 --host mail --time 2021-06-30"
    })
public final class ImportCommand implements Callable<Integer> {

  private static final long MOST_BYTES = 64L << 40;
  private static final long MOST_FILES = 1_000_000_000;

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();

  @Parameters(paramLabel = "ARCHIVE|DIR|-", description = "What to import; - is standard input.")
  private String source = "";

  @Option(
      names = "--root",
      paramLabel = "PATH",
      description = "Where its names stood on the machine that it is of (default: /).")
  private String root = "/";

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "The snapshot's time, such as 2019-03-01 or 2019-03-01T03:00.")
  private @Nullable String time;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The machine that it is of (default: this one's name).")
  private @Nullable String host;

  @Option(names = "--tag", paramLabel = "WORD", description = "Mark the snapshot with a word.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = {"-e", "--exclude"},
      paramLabel = "PATTERN",
      description = "Leave out what fits PATTERN, with all below it.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Refuse an archive of which more comes out, such as 500G (default: 64T).")
  private @Nullable ByteSize mostBytes;

  @Option(
      names = "--max-files",
      paramLabel = "N",
      description = "Refuse an archive of more members (default: 1000000000).")
  private long mostFiles = MOST_FILES;

  @Option(
      names = "--compression",
      paramLabel = "fast|default|best",
      description = "How hard to compress what is new (default: default).")
  private Effort effort = Effort.DEFAULT;

  /** Prints to this terminal; can be stopped. */
  public ImportCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    RawPath below = root();
    Parallelism parallelism = work.parallelism();
    Optional<Instant> moment =
        Optional.ofNullable(time).map(new SnapshotQuery(ZoneId.systemDefault())::parse);
    List<PathPattern> patterns = exclude.stream().map(PathPattern::of).toList();
    work.giveWay(terminal);
    long start = System.nanoTime();
    SkippedMembers skipped = new SkippedMembers(below, new Notes());
    try (Repository open = new Opening(repository, terminal).open();
        HostState state = HostState.own(repository, open);
        Progress progress = new Progress(terminal, output.quiet() || output.json());
        ArchiveReader archive = archive(skipped)) {
      ImportSettings settings =
          new ImportSettings(
              below,
              moment,
              host != null ? host : HostName.ofThisMachine(),
              tags,
              patterns,
              mostFiles,
              written(),
              Version.text(),
              parallelism,
              effort);
      Import.Report report =
          new Import(open, state.database(), settings, skipped, new Watch(progress), cancellation)
              .run(archive);
      progress.end();
      tell(report, Duration.ofNanos(System.nanoTime() - start));
      return report.snapshot().manifest().isIncomplete() ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }
  }

  private RawPath root() {
    RawPath path = WorkingDirectory.resolve(root);
    if (path.names().stream().anyMatch(name -> name.is(".."))) {
      throw new UsageException("--root " + path + " has .. in it", "Name the path itself.");
    }
    return path;
  }

  private ArchiveReader archive(SkippedMembers skipped) {
    if (source.equals("-")) {
      return open(new FileInputStream(FileDescriptor.in), "standard input", skipped);
    }
    Path path = Path.of(source);
    if (Files.isDirectory(path)) {
      return new FolderReader(WorkingDirectory.resolve(source), skipped);
    }
    // Opening a FIFO would wait for somebody who writes to it: as the user's own argument it may.
    try {
      return open(new FileInputStream(path.toFile()), path.toString(), skipped);
    } catch (IOException e) {
      throw new NotFoundException(
          "Cannot import " + source + ": " + problem(path, e), "Correct the path.", e);
    }
  }

  /** What {@link FileInputStream} says is the path, and in brackets the problem. */
  private static String problem(Path path, IOException e) {
    String text = String.valueOf(e.getMessage());
    String before = path + " (";
    return text.startsWith(before) && text.endsWith(")")
        ? text.substring(before.length(), text.length() - 1)
        : text;
  }

  private ArchiveReader open(InputStream in, String name, SkippedMembers skipped) {
    long most = mostBytes == null ? MOST_BYTES : mostBytes.bytes();
    return Archives.open(in, name, most, skipped, new Accounts());
  }

  private List<String> written() {
    List<String> options = new ArrayList<>();
    options.add("import " + source);
    exclude.forEach(pattern -> options.add("--exclude " + pattern));
    return options;
  }

  private void tell(Import.Report report, Duration duration) {
    Manifest manifest = report.snapshot().manifest();
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>(SnapshotJson.of(report.snapshot()));
      members.put("unreadable", SnapshotJson.failures(manifest));
      members.put("seconds", duration.toMillis() / 1000.0);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      terminal.line(
          "snapshot "
              + report.snapshot().id().shortForm()
              + " of "
              + Units.time(manifest.time())
              + ": "
              + Units.count(manifest.root().files(), "file")
              + ", "
              + Units.size(manifest.root().size())
              + ", "
              + Units.size(report.storedBytes())
              + " new in the repository, in "
              + Units.duration(duration));
    }
  }

  private final class Notes implements ArchiveObserver {
    @Override
    public void skipped(RawPath path, String problem) {
      terminal.note("mailkeep: left out " + path + ": " + problem);
    }

    @Override
    public void note(String text) {
      terminal.note("mailkeep: " + text);
    }
  }

  private final class Watch implements ImportObserver {
    private final Progress progress;

    Watch(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void reading(RawPath path) {
      if (terminal.isWatched()) {
        progress.current(path.text());
      }
    }

    @Override
    public void done(long bytes) {
      progress.done(1, bytes);
    }
  }
}
