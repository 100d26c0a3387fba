package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.verify.Check;
import org.mailkeep.engine.verify.CheckObserver;
import org.mailkeep.engine.verify.CheckReport;
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
      "Example:",
      "  mailkeep check --read-data"
    })
public final class CheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();

  @Option(names = "--read-data", description = "Read and prove all content too.")
  private boolean readData;

  /** Stops when asked to. */
  public CheckCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    Parallelism parallelism = work.parallelism();
    work.giveWay(terminal);
    long start = System.nanoTime();
    try (Repository open = new Opening(repository, terminal).open();
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      CheckReport report =
          new Check(open, parallelism, new Watch(progress), cancellation).run(readData);
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
    report.damage().forEach(d -> terminal.line("DAMAGED  " + d.detail()));
    for (CheckReport.LostFile file : report.lost()) {
      terminal.line("LOST     " + file.snapshot() + ":" + terminal.name(file.path().text()));
    }
    if (report.lostCount() > report.lost().size()) {
      terminal.line("LOST     … and " + Units.count(report.lostCount() - report.lost().size()));
    }
    if (output.quiet()) {
      return;
    }
    report.notes().forEach(note -> terminal.line("note     " + note));
    String read =
        readData
            ? ", "
                + Units.count(report.chunks(), "chunk")
                + " proven in "
                + Units.size(report.bytes())
            : ", sizes only (--read-data reads all content)";
    terminal.line(
        "Checked "
            + Units.count(report.snapshots(), "snapshot")
            + " and "
            + Units.count(report.packs(), "pack")
            + read
            + " in "
            + Units.duration(time));
    terminal.line(
        report.isSound()
            ? "No damage."
            : Units.count(report.damage().size(), "damaged object")
                + ", "
                + Units.count(report.lostCount(), "file")
                + " cannot be restored as they were.");
  }

  private Map<String, Object> json(CheckReport report, Duration time) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("sound", report.isSound());
    members.put("readData", readData);
    members.put("snapshots", report.snapshots());
    members.put("packs", report.packs());
    members.put("chunks", report.chunks());
    members.put("bytes", report.bytes());
    members.put(
        "damage",
        report.damage().stream()
            .map(d -> Map.of("object", d.object(), "detail", d.detail()))
            .toList());
    members.put("lostFiles", report.lostCount());
    members.put("lost", lost(report));
    members.put("notes", report.notes());
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }

  private static List<Map<String, Object>> lost(CheckReport report) {
    return report.lost().stream()
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
