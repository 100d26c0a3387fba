package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.repair.RepairIndex;
import org.mailkeep.model.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the repository's index say what is there. */
@Command(
    name = "index",
    description = "Make the repository's index say what is there.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Segments that do not open are replaced by what the packs say of themselves.",
      "Packs that are gone are named no more, so that the next backup stores again",
      "what the sources still have of them.",
      "",
      "Exit code 0: the index is in order. 1: some packs say nothing of themselves;",
      "'repair packs' is next.",
      "",
      "Example:",
      "  mailkeep repair index --dry-run"
    })
final class RepairIndexCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepairOptions options = new RepairOptions();

  @Option(
      names = "--read-all-packs",
      description = "Make all of the index anew, from every pack's own table of contents.")
  private boolean all;

  RepairIndexCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    try (RepairRun run = RepairRun.begin(options, terminal)) {
      RepairIndex.Outcome outcome =
          new RepairIndex(run.repository(), run, cancellation).run(all, options.dryRun());
      run.sum(json(outcome), lines(outcome));
      return outcome.unreadable() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private List<String> lines(RepairIndex.Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(
        outcome.isNothing()
            ? "The index is in order: " + Units.count(outcome.segments(), "segment") + "."
            : Units.count(outcome.replaced(), "segment")
                + " replaced, "
                + Units.count(outcome.missing(), "missing pack")
                + " named no more, "
                + Units.count(outcome.added(), "pack")
                + " named that no segment named.");
    if (outcome.missing() > 0) {
      lines.add(
          "Back up as always, which stores again what the sources still have; then run"
              + " 'mailkeep repair snapshots'.");
    }
    if (outcome.unreadable() > 0) {
      lines.add(
          Units.count(outcome.unreadable(), "pack")
              + " cannot be named; run 'mailkeep repair packs' next.");
    }
    return lines;
  }

  private static Map<String, Object> json(RepairIndex.Outcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("segments", outcome.segments());
    members.put("replacedSegments", outcome.replaced());
    members.put("writtenSegments", outcome.written());
    members.put("missingPacks", outcome.missing());
    members.put("addedPacks", outcome.added());
    members.put("unreadablePacks", outcome.unreadable());
    return members;
  }
}
