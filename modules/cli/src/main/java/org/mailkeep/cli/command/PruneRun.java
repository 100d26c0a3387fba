package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.prune.Prune;
import org.mailkeep.engine.prune.PruneObserver;
import org.mailkeep.engine.prune.PruneReport;
import org.mailkeep.engine.prune.PruneReport.Amount;
import org.mailkeep.engine.prune.PruneSettings;
import org.mailkeep.model.Units;
import org.mailkeep.repository.Repository;

/** Runs a prune and tells what it did. */
record PruneRun(
    Terminal terminal,
    OutputOptions output,
    PruneSettings settings,
    Parallelism parallelism,
    Cancellation cancellation) {

  /** Runs it, tells, and gives the exit code. */
  int run(Repository repository) {
    long start = System.nanoTime();
    try (Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      PruneReport report =
          new Prune(
                  repository,
                  settings,
                  new Watch(progress, terminal),
                  cancellation,
                  parallelism.compressors(),
                  TimeSource.clock())
              .run();
      progress.end();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      if (output.json()) {
        terminal.line(Json.of(json(report, time)));
      } else if (!output.quiet()) {
        tell(report, time);
      }
      return report.undeletable() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private void tell(PruneReport report, Duration time) {
    boolean dry = settings.dryRun();
    terminal.line(
        Units.count(report.snapshots(), "snapshot")
            + (report.snapshots() == 1 ? " needs " : " need ")
            + Units.size(report.needed())
            + " of "
            + text(report.before()));
    line(dry ? "Would rewrite" : "Rewritten", report.rewritten(), dry ? "" : written(report));
    line(dry ? "Would remove" : "Removed", report.removed(), "");
    line(
        dry ? "Would condemn" : "Condemned",
        report.condemned(),
        ", to be removed by a prune in " + settings.grace().toHours() + " hours or later");
    line("Waiting", report.waiting(), ", condemned by an earlier prune");
    report
        .next()
        .ifPresent(
            next -> terminal.line("The next prune after " + Units.time(next) + " removes more."));
    if (report.undeletable() > 0) {
      terminal.line(
          Units.count(report.undeletable(), "object")
              + " could not be removed; what they hold is useless, and the repository is sound.");
    }
    terminal.line((dry ? "Nothing was changed. Took " : "Done in ") + Units.duration(time));
  }

  private static String written(PruneReport report) {
    return ", as " + text(report.written());
  }

  private void line(String what, Amount amount, String more) {
    if (amount.packs() > 0) {
      terminal.line(what + " " + text(amount) + more);
    }
  }

  private static String text(Amount amount) {
    return Units.size(amount.bytes()) + " in " + Units.count(amount.packs(), "pack");
  }

  private Map<String, Object> json(PruneReport report, Duration time) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("dryRun", settings.dryRun());
    members.put("snapshots", report.snapshots());
    members.put("packs", json(report.before()));
    members.put("neededBytes", report.needed());
    members.put("rewritten", json(report.rewritten()));
    members.put("written", json(report.written()));
    members.put("removed", json(report.removed()));
    members.put("condemned", json(report.condemned()));
    members.put("waiting", json(report.waiting()));
    members.put("segmentsBefore", report.segmentsBefore());
    members.put("segmentsAfter", report.segmentsAfter());
    report.next().ifPresent(next -> members.put("next", next.toString()));
    members.put("undeletableObjects", report.undeletable());
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }

  private static Map<String, Object> json(Amount amount) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("packs", amount.packs());
    members.put("bytes", amount.bytes());
    return members;
  }

  /** Passes on what the prune tells. */
  private record Watch(Progress progress, Terminal terminal) implements PruneObserver {
    @Override
    public void stage(String what, long packs, long bytes) {
      progress.begin(what, packs, bytes);
    }

    @Override
    public void done(long packs, long bytes) {
      progress.done(packs, bytes);
    }

    @Override
    public void problem(String text) {
      terminal.note("mailkeep: " + text);
    }
  }
}
