package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.repair.RepairIndex;
import org.mailkeep.engine.repair.RepairPacks;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves what can be saved of damaged packs. */
@Command(
    name = "packs",
    description = "Save what can be saved of damaged packs, and set these aside.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Reads the packs that are named, else those that a check of this host found",
      "damaged; with --read-data all of them. Bad sectors are mended by the pack's",
      "parity if it has any. Every block that opens is written anew; what does not is",
      "named in no index any more. The damaged pack stays where it is until you run",
      "this with --delete-set-aside. 'repair index' is done first.",
      "",
      "Exit code 0: nothing is lost. 1: some content could not be saved: back up as",
      "always, then run 'repair snapshots'.",
      "",
      "Examples:",
      "  mailkeep repair packs --dry-run",
      "  mailkeep repair packs packs/4f/4f21…"
    })
final class RepairPacksCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepairOptions options = new RepairOptions();

  @Parameters(
      paramLabel = "PACK",
      arity = "0..*",
      description = "Packs to look at, by name or the beginning of their ids.")
  private List<String> packs = List.of();

  @Option(names = "--read-data", description = "Look at all packs.")
  private boolean readData;

  @Option(
      names = "--delete-set-aside",
      description = "Remove the packs that earlier repairs have set aside, for good.")
  private boolean delete;

  RepairPacksCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    List<String> prefixes = packs.stream().map(RepairPacksCommand::prefix).toList();
    if (delete && (readData || !packs.isEmpty())) {
      throw new UsageException(
          "--delete-set-aside removes what was set aside, and looks at no pack", "Give it alone.");
    }
    try (RepairRun run = RepairRun.begin(options, terminal)) {
      return delete ? delete(run) : repair(run, prefixes);
    }
  }

  private static String prefix(String text) {
    String id = text.substring(text.lastIndexOf('/') + 1);
    if (!id.matches("[0-9a-f]{4,64}")) {
      throw new UsageException(
          "'" + text + "' is not a pack",
          "Write it as 'mailkeep check' does, or at least four digits of its id.");
    }
    return id;
  }

  private int delete(RepairRun run) {
    long count =
        new RepairPacks(run.repository(), run, cancellation).deleteSetAside(options.dryRun());
    run.sum(Map.of("deleted", count), List.of(Units.count(count, "pack") + " removed."));
    return ExitCode.DONE;
  }

  private int repair(RepairRun run, List<String> prefixes) {
    RepairIndex.Outcome index =
        new RepairIndex(run.repository(), run, cancellation).run(false, options.dryRun());
    Predicate<ObjectId> suspects =
        readData
            ? _ -> true
            : prefixes.isEmpty()
                ? run.checks()::isDamaged
                : id -> prefixes.stream().anyMatch(id.toString()::startsWith);
    RepairPacks.Outcome outcome =
        new RepairPacks(run.repository(), run, cancellation).run(suspects, options.dryRun());
    run.sum(json(index, outcome), lines(outcome));
    return outcome.lostChunks() > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  private List<String> lines(RepairPacks.Outcome outcome) {
    List<String> lines = new ArrayList<>();
    if (outcome.isNothing()) {
      lines.add("Looked at " + Units.count(outcome.looked(), "pack") + ": none is damaged.");
      if (!readData && packs.isEmpty()) {
        lines.add(
            "Only packs are looked at that a check found damaged, or whose length is wrong;"
                + " --read-data looks at all.");
      }
      return lines;
    }
    lines.add(
        "Looked at "
            + Units.count(outcome.looked(), "pack")
            + ", "
            + Units.count(outcome.damaged())
            + " damaged ("
            + Units.count(outcome.mended())
            + " mended by parity): "
            + Units.count(outcome.savedBlocks(), "block")
            + " written anew, "
            + Units.count(outcome.lostBlocks(), "block")
            + " lost.");
    lines.add(
        outcome.lostChunks() == 0
            ? "Nothing is lost."
            : Units.count(outcome.lostChunks(), "chunk")
                + " are nowhere else. Back up as always, which stores again what the sources still"
                + " have; then run 'mailkeep repair snapshots'.");
    return lines;
  }

  private static Map<String, Object> json(RepairIndex.Outcome index, RepairPacks.Outcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("missingPacks", index.missing());
    members.put("packsRead", outcome.looked());
    members.put("damagedPacks", outcome.damaged());
    members.put("mendedPacks", outcome.mended());
    members.put("savedBlocks", outcome.savedBlocks());
    members.put("lostBlocks", outcome.lostBlocks());
    members.put("lostChunks", outcome.lostChunks());
    members.put("newPacks", outcome.newPacks());
    return members;
  }
}
