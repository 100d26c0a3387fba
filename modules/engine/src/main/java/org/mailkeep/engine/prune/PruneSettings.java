package org.mailkeep.engine.prune;

import java.time.Duration;
import org.mailkeep.engine.WriteWindow;

/**
 * How to prune.
 *
 * @param maxUnused the share of a pack, 0 to 1, that may be useless before it is rewritten
 * @param grace for how long condemned packs stay, at least {@link WriteWindow#LEAST_GRACE}
 * @param atOnce whether packs go at once, because the user knows that no backup runs anywhere
 * @param dryRun whether only to say what would be done
 */
public record PruneSettings(double maxUnused, Duration grace, boolean atOnce, boolean dryRun) {

  /** The share of useless bytes that is not worth rewriting a pack for. */
  public static final double DEFAULT_MAX_UNUSED = 0.1;

  /** Checks the bounds. */
  public PruneSettings {
    if (!(maxUnused >= 0 && maxUnused <= 1) || grace.compareTo(WriteWindow.LEAST_GRACE) < 0) {
      throw new IllegalArgumentException(maxUnused + " unused, " + grace);
    }
  }
}
