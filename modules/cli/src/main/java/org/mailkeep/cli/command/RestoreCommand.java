package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.DomainOptions;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.OwnershipOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SelectionOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.options.TargetOptions;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.move.MoveSettings;
import org.mailkeep.engine.restore.Plan;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreSettings;
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
      "--domain moves vpopmail domains to this server: to where its vpopmail keeps",
      "domains, with their lines for users/assign and control. Deliveries are held",
      "until all is there. Try it with --dry-run, which prints each line and command.",
      "SNAPSHOT:/PATH says that the old server's root is PATH in the snapshot.",
      "",
      "--dry-run says what would become of files and directories; with -v, of each:",
      "make (not there yet), replace, mend (owner, mode, time or attributes only),",
      "keep, remove (--delete), blocked (stands in the way). It ends with 1 where the",
      "restore would refuse to begin.",
      "",
      "--delete works in directories that come back whole. It spares what a backup",
      "leaves out, by itself or by its --exclude: queues, the state of services, tmp",
      "of Maildirs, locks, caches; what this restore's --include and --exclude do not",
      "mean; and what is mounted there.",
      "",
      "SNAPSHOT is 'latest', the beginning of an id, or @TIME for the newest at or",
      "before a time.",
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 done but not all came",
      "back, or --verify found differences.",
      "",
      "Examples:",
      "  mailkeep restore latest --target /tmp/restored",
      "  mailkeep restore latest --in-place --existing if-changed --dry-run -v",
      "  mailkeep restore @2026-11-20:/home/vpopmail/domains/example.com \\",
      "      --in-place --existing if-changed --delete --verify",
      "  mailkeep restore latest --target /tmp/r --include '.qmail*'",
      "  mailkeep restore latest --in-place --map-uid 89=1089 --map-gid 89=1089",
      "  mailkeep restore latest --domain example.com --by-name --finish --dry-run"
    })
public final class RestoreCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();
  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final SelectionOptions selection = new SelectionOptions();
  @Mixin private final OwnershipOptions ownership = new OwnershipOptions();
  @Mixin private final DomainOptions domains = new DomainOptions();

  @Parameters(paramLabel = "SNAPSHOT[:/PATH]", description = "What to restore.")
  private String what = "";

  @Option(
      names = "--verify",
      description =
          "Read everything back from the disk in the end, and compare content and metadata with the"
              + " snapshot.")
  private boolean verify;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be done, and what stands in the way.")
  private boolean dryRun;

  @Option(
      names = {"-v", "--verbose"},
      description = "With --dry-run: name every path.")
  private boolean verbose;

  /** Stops when asked to. */
  public RestoreCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    SnapshotPart part = SnapshotPart.parse(what);
    if (domains.isAsked()) {
      return moveDomains(part);
    }
    RestoreSettings settings = settings(part);
    work.giveWay(terminal);
    long start = System.nanoTime();
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      RestoreWatch watch = new RestoreWatch(terminal, progress);
      Restore restore = new Restore(open.snapshot(), open.reader(), settings, watch, cancellation);
      if (dryRun) {
        return plan(restore, open, progress, watch);
      }
      Restore.Report report = restore.run();
      progress.end();
      RestoreSummary summary =
          new RestoreSummary(open.snapshot(), report, watch.rewritten(), settings);
      summary.print(output, terminal, Duration.ofNanos(System.nanoTime() - start));
      return report.problems() + report.differences() > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }
  }

  private int moveDomains(SnapshotPart part) {
    boolean selects = !selection.include().isEmpty() || !selection.exclude().isEmpty();
    if (selects || !ownership.owner() || verify || verbose) {
      throw new UsageException(
          "A domain moves as a whole: --include, --exclude, --no-owner, --verify and --verbose do"
              + " not go with --domain",
          "Leave them out; --dry-run shows each line and command.");
    }
    MoveSettings settings =
        new MoveSettings(
            domains.domains(),
            part.path(),
            domains.oldQmail(),
            target.server(),
            domains.qmail(),
            domains.vpopmail(),
            target.existing(),
            ownership.request(),
            domains.finish(),
            work.parallelism());
    work.giveWay(terminal);
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal)) {
      return new DomainRestore(terminal, output, cancellation).run(open, settings, dryRun);
    }
  }

  private RestoreSettings settings(SnapshotPart part) {
    if (verbose && !dryRun) {
      throw new UsageException("--verbose names what a --dry-run would do", "Add --dry-run.");
    }
    if (verify && dryRun) {
      throw new UsageException(
          "--dry-run restores nothing that --verify could compare", "Give one of them.");
    }
    return new RestoreSettings(
        target.target(),
        RawPath.ROOT,
        part.path(),
        selection.include(),
        selection.exclude(),
        target.existing(),
        target.delete(),
        repository.ownPaths(),
        ownership.owner(),
        ownership.request(),
        verify,
        work.parallelism());
  }

  private int plan(Restore restore, OpenSnapshot open, Progress progress, RestoreWatch watch) {
    PlanOutput plan = new PlanOutput(output, terminal, verbose);
    Plan sums = restore.dryRun(plan);
    progress.end();
    plan.end(open.snapshot(), sums);
    if (!sums.refusals().isEmpty()) {
      return ExitCode.FAILED;
    }
    return watch.problems() > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }
}
