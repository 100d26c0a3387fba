package org.mailkeep.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SubsetConverter;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.verify.Check;
import org.mailkeep.engine.verify.CheckObserver;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.engine.verify.Coverage;
import org.mailkeep.engine.verify.DataSubset;
import org.mailkeep.engine.verify.PackChecks;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the repository. */
@Command(
    name = "check",
    description = "Check that the repository is whole.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without options: keys, index, sizes of packs, and every snapshot's tree.",
      "With --read-data every byte is read and proven. Damage is named with the",
      "files it holds; the exit code is 1.",
      "",
      "--read-data-subset reads a part each time: 5%% or 20G takes what was not read",
      "for the longest time, so that a check a day reads all in three weeks, and says",
      "how far it is; 3/10 takes the third of ten parts. What was found damaged is",
      "read each time until it is repaired.",
      "",
      "Examples:",
      "  mailkeep check --read-data",
      "  mailkeep check --read-data-subset 5%%",
      "  mailkeep check --read-data-subset $(date +%%u)/7"
    })
public final class CheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();

  @Option(names = "--read-data", description = "Read and prove all content too.")
  private boolean readData;

  @Option(
      names = "--read-data-subset",
      paramLabel = "PART",
      converter = SubsetConverter.class,
      description = "Read and prove a part of the content: 5%%, 3/10 or 20G.")
  private @Nullable DataSubset part;

  /** Stops when asked to. */
  public CheckCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    if (readData && part != null) {
      throw new UsageException(
          "--read-data reads all, and --read-data-subset a part", "Give one of the two.");
    }
    DataSubset subset = part != null ? part : readData ? DataSubset.all() : DataSubset.nothing();
    Parallelism parallelism = work.parallelism();
    work.giveWay(terminal);
    long start = System.nanoTime();
    try (Repository open = new Opening(repository, terminal).open();
        HostState checks = HostState.checks(repository, open, terminal);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      CheckReport report =
          new Check(open, parallelism, new Watch(progress), cancellation)
              .run(subset, Optional.of(new PackChecks(checks.database())));
      progress.end();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      if (output.json()) {
        terminal.line(Json.of(json(report, time)));
      } else {
        tell(report, time);
      }
      return report.isSound() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private void tell(CheckReport report, Duration time) {
    report.damage().forEach(this::tell);
    if (report.damageCount() > report.damage().size()) {
      terminal.line("DAMAGED  … and " + Units.count(report.damageCount() - report.damage().size()));
    }
    for (CheckReport.LostFile file : report.lost()) {
      terminal.line("LOST     " + text(file));
    }
    if (report.lostCount() > report.lost().size()) {
      terminal.line("LOST     … and " + Units.count(report.lostCount() - report.lost().size()));
    }
    if (output.quiet()) {
      return;
    }
    report.notes().forEach(note -> terminal.line("note     " + note));
    terminal.line(
        "Checked "
            + Units.count(report.snapshots(), "snapshot")
            + " and "
            + Units.count(report.packs(), "pack")
            + read(report)
            + " in "
            + Units.duration(time));
    report.coverage().ifPresent(this::tell);
    terminal.line(
        report.isSound()
            ? "No damage."
            : Units.count(report.damageCount(), "damaged object")
                + ", "
                + Units.count(report.lostCount(), "file")
                + " cannot be restored as they were. 'mailkeep repair' says what to do.");
  }

  private void tell(CheckReport.Damage damage) {
    terminal.line("DAMAGED  " + damage.object() + ": " + damage.detail());
    if (damage.affectedFiles() > 0) {
      terminal.line(
          "         affects "
              + Units.count(damage.affectedFiles(), "file")
              + " in "
              + Units.count(damage.affectedSnapshots(), "snapshot")
              + (damage.affectedFiles() > damage.affected().size() ? ", the first of them:" : ":"));
      damage.affected().forEach(file -> terminal.line("           " + text(file)));
    }
  }

  private String text(CheckReport.LostFile file) {
    return file.snapshot() + ":" + terminal.name(file.path().text());
  }

  private static String read(CheckReport report) {
    return report.bytes() > 0
        ? ", " + Units.count(report.chunks(), "chunk") + " proven in " + Units.size(report.bytes())
        : ", sizes only (--read-data reads all content)";
  }

  private void tell(Coverage coverage) {
    coverage
        .oldest()
        .ifPresent(
            oldest ->
                terminal.line(
                    (coverage.isWhole()
                            ? "All data was"
                            : String.format(
                                Locale.ROOT,
                                "%.1f %% of all data (%s of %s) was",
                                100.0 * coverage.readBytes() / coverage.bytes(),
                                Units.size(coverage.readBytes()),
                                Units.size(coverage.bytes())))
                        + " read by checks of this host within the last "
                        + Units.age(Duration.between(oldest, Instant.now()))
                        + (coverage.isWhole() ? "." : ", the rest never.")));
  }

  private Map<String, Object> json(CheckReport report, Duration time) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("sound", report.isSound());
    members.put("readData", readData);
    members.put("snapshots", report.snapshots());
    members.put("packs", report.packs());
    members.put("chunks", report.chunks());
    members.put("bytes", report.bytes());
    members.put("damage", report.damage().stream().map(CheckCommand::json).toList());
    members.put("damagedObjects", report.damageCount());
    members.put("lostFiles", report.lostCount());
    members.put("lost", lost(report.lost()));
    members.put("notes", report.notes());
    report.coverage().ifPresent(coverage -> members.put("coverage", json(coverage)));
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }

  private static Map<String, Object> json(CheckReport.Damage damage) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("object", damage.object());
    members.put("detail", damage.detail());
    members.put("affectedFiles", damage.affectedFiles());
    members.put("affectedSnapshots", damage.affectedSnapshots());
    members.put("affected", lost(damage.affected()));
    return members;
  }

  private static Map<String, Object> json(Coverage coverage) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("packs", coverage.packs());
    members.put("bytes", coverage.bytes());
    members.put("readPacks", coverage.readPacks());
    members.put("readBytes", coverage.readBytes());
    coverage.oldest().ifPresent(oldest -> members.put("since", oldest.toString()));
    return members;
  }

  private static List<Map<String, Object>> lost(List<CheckReport.LostFile> files) {
    return files.stream()
        .map(
            file -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("snapshot", file.snapshot());
              members.put("path", file.path());
              return members;
            })
        .toList();
  }

  /** Passes on what the check tells. */
  private record Watch(Progress progress) implements CheckObserver {
    @Override
    public void planned(long packs, long bytes) {
      progress.total(packs, bytes);
    }

    @Override
    public void packDone(long bytes) {
      progress.done(1, bytes);
    }

    @Override
    public void stage(String what) {
      progress.current(what);
    }
  }
}
