package org.mailkeep.cli.options;

import java.time.Duration;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.engine.prune.PruneSettings;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** How to prune. */
public final class PruneOptions {

  @Option(
      names = "--max-unused",
      paramLabel = "PERCENT",
      description =
          "Rewrite packs of which more than this is useless (default: 10). 0 saves all the space"
              + " there is to save, 100 rewrites nothing.")
  private int maxUnused = (int) (PruneSettings.DEFAULT_MAX_UNUSED * 100);

  @Option(
      names = "--grace",
      paramLabel = "SPAN",
      converter = TimeSpan.Converter.class,
      description =
          "Keep what is useless for so long before it is removed, at least 1d (the default), so"
              + " that no backup that is running can miss it.")
  private TimeSpan grace = new TimeSpan(WriteWindow.LEAST_GRACE);

  @Option(
      names = "--now",
      description =
          "Remove at once, without a time of grace. Only when NO backup into this repository is"
              + " running, on any host.")
  private boolean now;

  /**
   * The settings.
   *
   * @throws UsageException where the options make no sense
   */
  public PruneSettings settings(boolean dryRun) {
    Duration span = grace.duration();
    if (maxUnused < 0 || maxUnused > 100) {
      throw new UsageException("--max-unused " + maxUnused + " is no share", "Give 0 to 100.");
    }
    if (span.compareTo(WriteWindow.LEAST_GRACE) < 0) {
      throw new UsageException(
          "--grace must be at least 1d",
          "A shorter time could take away what a running backup needs. When none is running on any"
              + " host, use --now.");
    }
    return new PruneSettings(maxUnused / 100.0, span, now, dryRun);
  }
}
