package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.EccConverter;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.repair.RepairParity;
import org.mailkeep.model.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives packs the parity that they lack. */
@Command(
    name = "parity",
    description = "Give packs the parity that they lack, and say how much packs to come get.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --ecc the repository has parity from now on, or with 'off' no more for",
      "packs to come; parity that is there and whole stays. A pack is read and proven",
      "before it gets parity. 5%% mends any 8 lost sectors of 4 KiB of a pack of",
      "16 MiB, and stretches of up to 800 KiB.",
      "",
      "Exit code 0: done. 1: some packs are damaged, and get none.",
      "",
      "Example:",
      "  mailkeep repair parity --ecc 5%%"
    })
final class RepairParityCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepairOptions options = new RepairOptions();

  @Option(
      names = "--ecc",
      paramLabel = "PERCENT",
      converter = EccConverter.class,
      description = "Let packs have so much parity: 1%% to 50%%, or off (default: as it is).")
  private EccConverter.@Nullable Ecc ecc;

  RepairParityCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    try (RepairRun run = RepairRun.begin(options, terminal)) {
      EccConverter.@Nullable Ecc wanted = ecc;
      if (wanted != null && !options.dryRun()) {
        run.repository().paritySetting().set(wanted.percent());
      }
      OptionalInt percent =
          wanted != null ? wanted.percent() : run.repository().paritySetting().percent();
      RepairParity.Outcome outcome =
          new RepairParity(run.repository(), run, cancellation).run(percent, options.dryRun());
      run.sum(json(outcome, percent), List.of(line(outcome, percent)));
      return outcome.damagedPacks() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private static String line(RepairParity.Outcome outcome, OptionalInt percent) {
    if (percent.isEmpty()) {
      return "Packs get no parity; --ecc 5% changes that.";
    }
    return "Looked at "
        + Units.count(outcome.packs(), "pack")
        + ": "
        + Units.count(outcome.made())
        + " got parity ("
        + Units.size(outcome.bytes())
        + "), "
        + Units.count(outcome.damagedPacks())
        + " are damaged, parity of "
        + Units.count(outcome.removed(), "pack")
        + " that are gone removed. Packs to come get "
        + percent.getAsInt()
        + " %.";
  }

  private static Map<String, Object> json(RepairParity.Outcome outcome, OptionalInt percent) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("eccPercent", percent.isPresent() ? percent.getAsInt() : 0);
    members.put("packs", outcome.packs());
    members.put("made", outcome.made());
    members.put("bytes", outcome.bytes());
    members.put("damagedPacks", outcome.damagedPacks());
    members.put("removed", outcome.removed());
    return members;
  }
}
