package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.repair.RepairIndex;
import org.mailkeep.engine.repair.RepairObserver;
import org.mailkeep.engine.repair.RepairPacks;
import org.mailkeep.engine.repair.RepairSnapshots;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives snapshots that lost files one without these. */
@Command(
    name = "snapshots",
    description = "Give each snapshot that lost files one beside it without them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The last of the repairs: first let a backup store again what the sources still",
      "have, for that heals old snapshots too. Each lost file is named. The new",
      "snapshot has the same time, host and paths; the damaged one stays beside it",
      "until you run this with --forget, which also removes snapshots of which nothing",
      "can be read.",
      "",
      "Exit code 0: no snapshot has lost anything. 1: the lost files are named.",
      "",
      "Examples:",
      "  mailkeep repair snapshots --dry-run",
      "  mailkeep repair snapshots --forget"
    })
final class RepairSnapshotsCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepairOptions options = new RepairOptions();

  @Option(
      names = "--forget",
      description = "Remove the damaged snapshots, once there are others without the lost files.")
  private boolean forget;

  RepairSnapshotsCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    try (RepairRun run = RepairRun.begin(options, terminal)) {
      requireOrder(run);
      RepairSnapshots.Outcome outcome =
          new RepairSnapshots(
                  run.repository(), run.state().database(), run, cancellation, Version.text())
              .run(forget, options.dryRun());
      run.sum(json(outcome), lines(outcome));
      return outcome.isNothing() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  /** What is lost shows only when the index names nothing any more that cannot be read. */
  private void requireOrder(RepairRun run) {
    boolean index =
        new RepairIndex(run.repository(), RepairObserver.SILENT, cancellation)
            .run(false, true)
            .isNothing();
    boolean packs =
        index
            && new RepairPacks(run.repository(), RepairObserver.SILENT, cancellation)
                .run(run.checks()::isDamaged, true)
                .isNothing();
    if (!packs) {
      throw new RefusedException(
          index ? "Some packs are damaged" : "The index is not in order",
          "Run 'mailkeep repair " + (index ? "packs" : "index") + "' first.");
    }
  }

  private List<String> lines(RepairSnapshots.Outcome outcome) {
    List<String> lines = new ArrayList<>();
    if (outcome.isNothing()) {
      lines.add(
          "Looked at "
              + Units.count(outcome.snapshots(), "snapshot")
              + ": none has lost anything.");
      return lines;
    }
    lines.add(
        Units.count(outcome.damaged(), "snapshot")
            + " lost "
            + Units.count(outcome.lostFiles(), "file")
            + "; "
            + Units.count(outcome.made())
            + " made without these, "
            + Units.count(outcome.hopeless())
            + " beyond repair, "
            + Units.count(outcome.forgotten())
            + " forgotten.");
    if (!forget) {
      lines.add("The damaged ones stay until you run 'mailkeep repair snapshots --forget'.");
    }
    return lines;
  }

  private static Map<String, Object> json(RepairSnapshots.Outcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshots", outcome.snapshots());
    members.put("damaged", outcome.damaged());
    members.put("made", outcome.made());
    members.put("beyondRepair", outcome.hopeless());
    members.put("lostFiles", outcome.lostFiles());
    members.put("forgotten", outcome.forgotten());
    return members;
  }
}
