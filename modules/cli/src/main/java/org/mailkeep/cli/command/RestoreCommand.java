package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.OwnershipOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.options.WorkingDirectory;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.engine.restore.RewrittenFile;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores files. */
@Command(
    name = "restore",
    description = "Bring files back from a snapshot, with owners, modes and times.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Absolute paths are rebuilt under --target: /home/vpopmail comes back as",
      "DIR/home/vpopmail. Nothing is written outside the target, and no link is",
      "followed.",
      "",
      "Owners are set by number. Where a name has another number on this host, or",
      "its number is another name's, nothing is restored until you say what you want:",
      "--by-name, --map-uid and --map-gid, or --numeric-owner. A translation also",
      "changes qmail's users/assign, and you are told what to rebuild.",
      "",
      "SNAPSHOT is 'latest', the beginning of an id, or @TIME for the newest at or",
      "before a time.",
      "",
      "Examples:",
      "  mailkeep restore latest --target /tmp/restored",
      "  mailkeep restore @2026-11-20:/home/vpopmail/domains/example.com \\",
      "      --in-place --existing skip",
      "  mailkeep restore latest --target /tmp/r --include '.qmail*'",
      "  mailkeep restore latest --in-place --map-uid 89=1089 --map-gid 89=1089"
    })
public final class RestoreCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();
  @Mixin private final OwnershipOptions ownership = new OwnershipOptions();
  private final RewrittenFiles rewritten = new RewrittenFiles();

  @Parameters(paramLabel = "SNAPSHOT[:/PATH]", description = "What to restore.")
  private String what = "";

  @Option(
      names = {"-t", "--target"},
      paramLabel = "DIR",
      description = "Rebuild the tree under DIR, which is made if it is missing.")
  private @Nullable String target;

  @Option(names = "--in-place", description = "Restore to where the files came from.")
  private boolean inPlace;

  @Option(
      names = {"-i", "--include"},
      paramLabel = "PATTERN",
      description = "Only what fits PATTERN, with all below it.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = {"-e", "--exclude"},
      paramLabel = "PATTERN",
      description = "Not what fits PATTERN.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--existing",
      paramLabel = "fail|skip|replace",
      description =
          "With files that are there already: refuse before anything is written (default), keep them, or replace them.")
  private RestoreSettings.Existing existing = RestoreSettings.Existing.FAIL;

  @Option(names = "--no-owner", description = "Do not set owners and groups.")
  private boolean noOwner;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be restored.")
  private boolean dryRun;

  /** Stops when asked to. */
  public RestoreCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    SnapshotPart part = SnapshotPart.parse(what);
    RestoreSettings settings =
        new RestoreSettings(
            targetPath(),
            part.path(),
            include.stream().map(PathPattern::of).toList(),
            exclude.stream().map(PathPattern::of).toList(),
            existing,
            !noOwner,
            ownership.request(),
            work.parallelism());
    work.giveWay(terminal);
    long start = System.nanoTime();
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      Restore restore =
          new Restore(open.snapshot(), open.reader(), settings, new Watch(progress), cancellation);
      Restore.Report report = dryRun ? restore.dryRun() : restore.run();
      progress.end();
      tell(open, report, Duration.ofNanos(System.nanoTime() - start));
      return report.problems() > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }
  }

  private RawPath targetPath() {
    if (inPlace == (target != null)) {
      throw new UsageException("Where to?", "Give either --target DIR or --in-place.");
    }
    if (target == null) {
      return RawPath.ROOT;
    }
    return WorkingDirectory.resolve(target);
  }

  private void tell(OpenSnapshot open, Restore.Report report, Duration time) {
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("snapshot", open.snapshot().id().toString());
      members.put("dryRun", dryRun);
      members.put("files", report.files());
      members.put("directories", report.directories());
      members.put("bytes", report.bytes());
      members.put("existing", report.existing());
      members.put("skipped", report.skipped());
      members.put("problems", report.problems());
      rewritten.addTo(members);
      members.put("seconds", time.toMillis() / 1000.0);
      terminal.line(Json.of(members));
      return;
    }
    if (output.quiet()) {
      return;
    }
    terminal.line(
        (dryRun ? "Would restore " : "Restored ")
            + Units.count(report.files(), "file")
            + " ("
            + Units.size(report.bytes())
            + ") in "
            + Units.count(report.directories())
            + (report.directories() == 1 ? " directory" : " directories")
            + " of snapshot "
            + open.snapshot().id().shortForm()
            + " ("
            + Units.time(open.snapshot().manifest().time())
            + ")"
            + (dryRun ? "" : " in " + Units.duration(time)));
    if (report.existing() > 0) {
      terminal.line(
          Units.count(report.existing(), "file")
              + " existed already, "
              + Units.count(report.skipped())
              + " left as they were");
    }
    rewritten.tell(terminal);
    if (report.problems() > 0) {
      terminal.line(Units.count(report.problems(), "problem") + ": see the messages above");
    }
  }

  /** Passes on what the restore tells. */
  private final class Watch implements RestoreObserver {
    private final Progress progress;

    Watch(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void planned(long files, long bytes) {
      progress.total(files, bytes);
    }

    @Override
    public void restored(long files, long bytes) {
      progress.done(files, bytes);
    }

    @Override
    public void warning(String text) {
      terminal.note("mailkeep: " + text);
    }

    @Override
    public void rewritten(RewrittenFile file) {
      rewritten.add(file);
    }

    @Override
    public void problem(RawPath path, String problem) {
      terminal.note("mailkeep: " + path + ": " + problem);
    }
  }
}
