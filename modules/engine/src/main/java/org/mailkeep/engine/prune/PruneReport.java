package org.mailkeep.engine.prune;

import java.time.Instant;
import java.util.Optional;

/**
 * What a prune did, or would do. Sizes are in bytes.
 *
 * @param snapshots how many snapshots there are
 * @param before all packs when it began
 * @param needed about what the snapshots need of them
 * @param removed packs that are gone, condemned by an earlier run or at once
 * @param rewritten packs of which what is needed was written anew
 * @param written new packs
 * @param condemned packs that go after the grace time, those rewritten among them
 * @param waiting packs that earlier runs condemned and whose time has not come
 * @param segmentsBefore index segments when it began
 * @param segmentsAfter and when it ended
 * @param next from when on another run removes more; empty where nothing waits
 * @param undeletable objects that the storage would not remove
 */
public record PruneReport(
    long snapshots,
    Amount before,
    long needed,
    Amount removed,
    Amount rewritten,
    Amount written,
    Amount condemned,
    Amount waiting,
    long segmentsBefore,
    long segmentsAfter,
    Optional<Instant> next,
    long undeletable) {

  /**
   * Some packs.
   *
   * @param packs their number
   * @param bytes their files
   */
  public record Amount(long packs, long bytes) {
    /** No packs. */
    public static final Amount NONE = new Amount(0, 0);
  }
}
