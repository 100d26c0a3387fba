package org.mailkeep.engine.prune;

import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.engine.prune.PruneReport.Amount;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.index.LocalIndex;

/** Makes the report of a prune from what was planned and what became of it. */
final class PruneSummary {

  private final Census census;
  private final Plan plan;
  private final LocalIndex index;
  private final List<CondemnedPacks.Condemned> lists;
  private final long segmentsBefore;

  /** To be made before anything is changed. */
  PruneSummary(Census census, Plan plan, LocalIndex index, List<CondemnedPacks.Condemned> lists) {
    this.census = census;
    this.plan = plan;
    this.index = index;
    this.lists = lists;
    this.segmentsBefore = index.segments().size();
  }

  /** What would be done. */
  PruneReport wouldBe(long snapshots, boolean atOnce) {
    BitSet gone = atOnce ? plan.going() : plan.remove();
    return report(snapshots, gone, Amount.NONE, List.of(), 0);
  }

  /** What was done. */
  PruneReport done(
      long snapshots,
      BitSet gone,
      Amount written,
      List<CondemnedPacks.Condemned> added,
      long undeletable) {
    return report(snapshots, gone, written, added, undeletable);
  }

  private PruneReport report(
      long snapshots,
      BitSet gone,
      Amount written,
      List<CondemnedPacks.Condemned> added,
      long undeletable) {
    BitSet condemned = plan.condemn();
    condemned.andNot(gone);
    BitSet waiting = (BitSet) plan.waiting().clone();
    waiting.or(plan.remove());
    waiting.andNot(gone);
    return new PruneReport(
        snapshots,
        census.all(),
        census.packs().stream().mapToLong(PackUse::needed).sum(),
        census.amount(gone),
        census.amount(plan.rewrite()),
        written,
        census.amount(condemned),
        census.amount(waiting),
        segmentsBefore,
        index.segments().size(),
        next(waiting, condemned, added),
        undeletable);
  }

  private Optional<Instant> next(
      BitSet waiting, BitSet condemned, List<CondemnedPacks.Condemned> added) {
    return Stream.concat(
            lists.stream().filter(list -> isAbout(list, waiting)),
            added.stream().filter(list -> isAbout(list, condemned)))
        .map(CondemnedPacks.Condemned::end)
        .min(Comparator.naturalOrder());
  }

  private boolean isAbout(CondemnedPacks.Condemned list, BitSet packs) {
    return list.packs().stream().anyMatch(pack -> index.number(pack).stream().anyMatch(packs::get));
  }
}
