package org.mailkeep.engine.prune;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.index.ChunkPlace;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.index.LocalIndex;

/**
 * What becomes of each pack. All sets are of local numbers.
 *
 * @param remove condemned long enough ago, and nothing needs them
 * @param rewrite partly needed, or small: what is needed of them goes into new packs
 * @param drop not needed and not condemned yet
 * @param waiting condemned before, and their time has not come
 */
record Plan(BitSet remove, BitSet rewrite, BitSet drop, BitSet waiting) {

  /**
   * So many small packs together are worth merging; fewer wait for more, for what is merged is
   * there twice until the time of grace is over. About as many come in a day from four hosts that
   * back up every hour, so that a prune which only follows up another one begins nothing new.
   */
  private static final int WORTH_MERGING = 64;

  static Plan make(
      Census census,
      LocalIndex index,
      List<CondemnedPacks.Condemned> lists,
      PruneSettings settings,
      Instant now) {
    BitSet condemned = index.condemnedPacks();
    BitSet due = due(index, lists, settings, now);
    Plan plan = new Plan(new BitSet(), new BitSet(), new BitSet(), new BitSet());
    List<PackUse> small = new ArrayList<>();
    for (PackUse pack : census.packs()) {
      int number = pack.number();
      if (condemned.get(number)) {
        (pack.any() ? plan.rewrite : due.get(number) ? plan.remove : plan.waiting).set(number);
      } else if (!pack.any()) {
        plan.drop.set(number);
      } else if (pack.unused() > settings.maxUnused()) {
        plan.rewrite.set(number);
      } else if (pack.isSmall()) {
        small.add(pack);
      }
    }
    if (small.size() >= WORTH_MERGING) {
      small.forEach(pack -> plan.rewrite.set(pack.number()));
    }
    BitSet removable = (BitSet) plan.remove.clone();
    spareBases(index, removable);
    plan.remove.andNot(removable);
    plan.waiting.or(plan.remove);
    plan.remove.clear();
    plan.remove.or(removable);
    return plan;
  }

  private static BitSet due(
      LocalIndex index, List<CondemnedPacks.Condemned> lists, PruneSettings settings, Instant now) {
    BitSet due = new BitSet();
    BitSet early = new BitSet();
    for (CondemnedPacks.Condemned list : lists) {
      BitSet set = settings.atOnce() || !now.isBefore(list.end()) ? due : early;
      list.packs().forEach(pack -> index.number(pack).ifPresent(set::set));
    }
    // What was condemned once more waits for the newer list too.
    due.andNot(early);
    return due;
  }

  /**
   * Takes those packs out of {@code remove} that have the base of a difference in a pack that stays
   * for now: every block that is there can be read.
   */
  static void spareBases(LocalIndex index, BitSet remove) {
    AtomicBoolean again = new AtomicBoolean(true);
    while (!remove.isEmpty() && again.getAndSet(false)) {
      index.eachDelta(
          (block, pack) -> {
            if (!remove.get(pack)) {
              for (ChunkId base : block.bases()) {
                Optional<ChunkPlace> place = index.place(base, block.depth());
                if (place.isPresent() && remove.get(place.get().pack())) {
                  remove.clear(place.get().pack());
                  again.set(true);
                }
              }
            }
          });
    }
  }

  /** The packs that are condemned now. */
  BitSet condemn() {
    BitSet all = (BitSet) rewrite.clone();
    all.or(drop);
    return all;
  }

  /** All packs that do not stay. */
  BitSet going() {
    BitSet all = condemn();
    all.or(remove);
    all.or(waiting);
    return all;
  }
}
