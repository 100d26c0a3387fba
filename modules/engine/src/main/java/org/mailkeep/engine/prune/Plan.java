package org.mailkeep.engine.prune;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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
   * there twice until the time of grace is over. More than come in a day from four hosts that back
   * up every hour, so that a prune which only follows up another one begins nothing new.
   */
  private static final int WORTH_MERGING = 128;

  /** The share of the greatest share of useless bytes that is worth the work. */
  private static final double WORTH_FREEING = 1.0 / 3;

  static Plan make(
      Census census,
      LocalIndex index,
      List<CondemnedPacks.Condemned> lists,
      PruneSettings settings,
      Instant now) {
    BitSet condemned = index.condemnedPacks();
    BitSet due = due(index, lists, settings, now);
    Plan plan = new Plan(new BitSet(), new BitSet(), new BitSet(), new BitSet());
    List<PackUse> sparse = new ArrayList<>();
    List<PackUse> small = new ArrayList<>();
    for (PackUse pack : census.packs()) {
      int number = pack.number();
      if (condemned.get(number)) {
        (pack.any() ? plan.rewrite : due.get(number) ? plan.remove : plan.waiting).set(number);
      } else if (!pack.any()) {
        plan.drop.set(number);
      } else {
        (pack.unused() > settings.maxUnused() ? sparse : small).add(pack);
      }
    }
    boolean followsUp = followsUp(lists, settings, now);
    double worthFreeing = settings.maxUnused() * (followsUp ? 1 : WORTH_FREEING);
    if (isWorthRewriting(sparse, small, worthFreeing)) {
      sparse.forEach(pack -> plan.rewrite.set(pack.number()));
    } else {
      small.addAll(sparse);
    }
    small.removeIf(pack -> !pack.isSmall());
    long most = followsUp ? worthHavingTwice(census, settings) : Long.MAX_VALUE;
    worthMerging(small, most).forEach(pack -> plan.rewrite.set(pack.number()));
    BitSet removable = (BitSet) plan.remove.clone();
    spareBases(index, removable);
    plan.remove.andNot(removable);
    plan.waiting.or(plan.remove);
    plan.remove.clear();
    plan.remove.or(removable);
    return plan;
  }

  /**
   * Whether a prune comes soon after another one, to end what that began. What it writes anew is
   * there twice until somebody prunes a third time, so it begins little, and nothing that it need
   * not. Where packs go at once, nothing is there twice.
   */
  private static boolean followsUp(
      List<CondemnedPacks.Condemned> lists, PruneSettings settings, Instant now) {
    return !settings.atOnce()
        && lists.stream().anyMatch(list -> now.isBefore(list.end().plus(list.grace())));
  }

  /**
   * Whether rewriting those packs frees enough of all that stay: what is rewritten is there twice
   * until the time of grace is over.
   *
   * @param worthFreeing the share of all that is enough
   */
  private static boolean isWorthRewriting(
      List<PackUse> sparse, List<PackUse> others, double worthFreeing) {
    double all = Stream.of(sparse, others).flatMap(List::stream).mapToLong(PackUse::size).sum();
    double freed = sparse.stream().mapToDouble(pack -> pack.unused() * pack.size()).sum();
    return freed >= all * worthFreeing;
  }

  /** So many bytes a prune that only ends what another began may add. */
  private static long worthHavingTwice(Census census, PruneSettings settings) {
    double all = census.packs().stream().mapToDouble(PackUse::size).sum();
    return Math.round(all * settings.maxUnused() * WORTH_FREEING);
  }

  /**
   * Those that come to enough together. One that is larger than all the smaller ones are together
   * stays as it is: so what was merged once is written again only after as much has been added. The
   * rest waits for other prunes, for what is merged is there twice until the time of grace is over.
   *
   * @param most so many bytes may be there twice
   */
  static List<PackUse> worthMerging(List<PackUse> small, long most) {
    List<PackUse> bySize = small.stream().sorted(Comparator.comparingLong(PackUse::size)).toList();
    int end = 0;
    int affordable = 0;
    long below = 0;
    for (int i = 0; i < bySize.size(); i++) {
      long size = bySize.get(i).size();
      if (size <= below) {
        end = i + 1;
      }
      below += size;
      affordable += below <= most ? 1 : 0;
    }
    return end < WORTH_MERGING ? List.of() : bySize.subList(0, Math.min(end, affordable));
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
