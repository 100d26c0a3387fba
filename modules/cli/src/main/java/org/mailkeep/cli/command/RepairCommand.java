package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.repair.RepairIndex;
import org.mailkeep.engine.repair.RepairObserver;
import org.mailkeep.engine.repair.RepairPacks;
import org.mailkeep.engine.verify.Check;
import org.mailkeep.engine.verify.CheckObserver;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.engine.verify.DataSubset;
import org.mailkeep.engine.verify.PackChecks;
import org.mailkeep.model.Units;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.object.ObjectKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Repairs; without a further word it only says what is to be done. */
@Command(
    name = "repair",
    description = "Say what a damaged repository needs, in order; the commands below do it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Changes nothing. It knows of missing objects, of what does not open, and of",
      "packs that a check of this host found damaged: run 'check --read-data' first.",
      "Each repair writes what is new before it retires what is old, can be cut off",
      "and run again, and has --dry-run. Run them while no backup runs anywhere.",
      "",
      "Exit code 0: nothing is to be done. 1: the steps are named.",
      "",
      "Example:",
      "  mailkeep repair"
    })
public final class RepairCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  private RepairCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal, Cancellation cancellation) {
    return new CommandLine(new RepairCommand(terminal, cancellation))
        .addSubcommand("index", new RepairIndexCommand(terminal, cancellation))
        .addSubcommand("packs", new RepairPacksCommand(terminal, cancellation))
        .addSubcommand("snapshots", new RepairSnapshotsCommand(terminal, cancellation))
        .addSubcommand("parity", new RepairParityCommand(terminal, cancellation));
  }

  /** A step to be taken. */
  private record Step(String command, String reason) {}

  @Override
  public Integer call() {
    List<Step> steps;
    try (Repository open = new Opening(repository, terminal).open();
        HostState state = HostState.checks(repository, open, terminal)) {
      open.packs().onMended(_ -> {});
      steps = steps(open, new PackChecks(state.database()));
    }
    if (output.json()) {
      terminal.line(Json.of(Map.of("steps", steps.stream().map(RepairCommand::json).toList())));
    } else if (steps.isEmpty() && !output.quiet()) {
      terminal.line(
          "Nothing is to be done, as far as is known; 'mailkeep check --read-data' reads all"
              + " content.");
    } else {
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        terminal.line(String.format("%d. %-28s %s", i + 1, step.command(), step.reason()));
      }
    }
    return steps.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Step> steps(Repository open, PackChecks checks) {
    List<Step> steps = new ArrayList<>();
    RepairIndex.Outcome index =
        new RepairIndex(open, RepairObserver.SILENT, cancellation).run(false, true);
    if (!index.isNothing()) {
      steps.add(
          new Step(
              "mailkeep repair index",
              Units.count(index.replaced(), "segment")
                  + " to be replaced, "
                  + Units.count(index.missing(), "pack")
                  + " missing, "
                  + Units.count(index.added(), "pack")
                  + " to be named"));
    }
    RepairPacks.Outcome packs =
        new RepairPacks(open, RepairObserver.SILENT, cancellation).run(checks::isDamaged, true);
    if (!packs.isNothing()) {
      steps.add(
          new Step(
              "mailkeep repair packs",
              Units.count(packs.damaged(), "damaged pack")
                  + ", "
                  + Units.count(packs.lostChunks(), "lost chunk")));
    }
    addSnapshots(steps, open, checks, packs);
    return steps;
  }

  private void addSnapshots(
      List<Step> steps, Repository open, PackChecks checks, RepairPacks.Outcome packs) {
    CheckReport report =
        new Check(open, Parallelism.all(), CheckObserver.SILENT, cancellation)
            .run(DataSubset.nothing(), Optional.of(checks));
    if (report.lostCount() > 0 || packs.lostChunks() > 0) {
      steps.add(
          new Step("mailkeep backup …", "as always: what the sources still have is stored again"));
    }
    boolean unreadable =
        report.damage().stream().anyMatch(damage -> damage.object().startsWith("snapshots/"));
    if (report.lostCount() > 0 || unreadable) {
      steps.add(
          new Step(
              "mailkeep repair snapshots",
              Units.count(report.lostCount(), "file") + " cannot be restored as they were"));
    }
    report.damage().stream()
        .map(CheckReport.Damage::object)
        .flatMap(object -> leftover(object).stream())
        .forEach(steps::add);
    boolean parity =
        report.damage().stream().anyMatch(damage -> damage.object().startsWith("parity/"))
            || report.notes().stream().anyMatch(note -> note.contains("repair parity"));
    if (parity) {
      steps.add(new Step("mailkeep repair parity", "some packs have none that is whole"));
    }
  }

  /** Objects that nobody needs: what they said can be said again (repo-format.md, 5.8 and 5.9). */
  private static Optional<Step> leftover(String object) {
    String command = "remove " + object;
    if (object.startsWith(ObjectKind.CONDEMNED.folder() + "/")) {
      return Optional.of(
          new Step(
              command,
              "it does not open, and is safe to remove: no pack goes because of it, and the next"
                  + " prune condemns anew what is not needed"));
    }
    if (object.startsWith(ObjectKind.MARK.folder() + "/")) {
      return Optional.of(
          new Step(
              command,
              "it does not open, and is safe to remove once 'mailkeep snapshots' shows that the"
                  + " snapshots to be kept are pinned"));
    }
    return Optional.empty();
  }

  private static Map<String, Object> json(Step step) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("command", step.command());
    members.put("reason", step.reason());
    return members;
  }
}
