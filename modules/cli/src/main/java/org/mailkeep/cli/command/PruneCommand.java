package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.PruneOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.prune.PruneSettings;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what no snapshot needs. */
@Command(
    name = "prune",
    description = "Free the space of what no snapshot needs any more.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Backups of this and other hosts may run meanwhile; nothing waits for them.",
      "That is why it takes two runs: the first one sets aside what is useless, and",
      "one that comes at least a day later removes it. Run it from cron, daily or",
      "weekly, on one host that has the full key.",
      "",
      "Packs that are partly useless are written anew, small ones are merged. It can",
      "be stopped at any moment, and the next run goes on.",
      "",
      "Examples:",
      "  mailkeep prune --dry-run",
      "  mailkeep forget --keep-daily 14 --keep-monthly 12 --prune"
    })
public final class PruneCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();
  @Mixin private final PruneOptions prune = new PruneOptions();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Say what would be done, change nothing.")
  private boolean dryRun;

  /** Stops when asked to. */
  public PruneCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    PruneSettings settings = prune.settings(dryRun);
    Parallelism parallelism = work.parallelism();
    work.giveWay(terminal);
    try (Repository open = new Opening(repository, terminal).open()) {
      return new PruneRun(terminal, output, settings, parallelism, cancellation).run(open);
    }
  }
}
