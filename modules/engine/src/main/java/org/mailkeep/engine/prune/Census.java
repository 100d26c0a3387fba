package org.mailkeep.engine.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.index.ChunkPlace;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackTable;

/**
 * Counts how much of each pack is needed. A chunk that is needed only as the base of a difference
 * cannot go before that difference does; so it counts as needed where it is, and as useless in the
 * pack that has the difference: rewriting that one gives it another base. There it counts as if it
 * were whole, for that is what it becomes when its own pack is rewritten; else the next prune would
 * find useless what this one has written.
 *
 * @param packs all packs
 */
record Census(List<PackUse> packs) {

  /** What a node takes, of its length, that is no difference: it is ids for the most part. */
  private static final double WHOLE = 2.0 / 3;

  static Census take(PackTables tables, LocalIndex index, Marks marks) {
    BitSet condemned = index.condemnedPacks();
    Map<Integer, Double> bases = new HashMap<>();
    Map<Integer, Double> charged = new HashMap<>();
    index.eachDelta(
        (block, pack) -> {
          for (ChunkId base : block.bases()) {
            Optional<ChunkPlace> place =
                condemned.get(pack) ? Optional.empty() : index.place(base, block.depth());
            if (place.isPresent() && !marks.isNeeded(place.get())) {
              ChunkLocation chunk = index.location(place.get());
              double bytes = share(chunk);
              charged.merge(pack, Math.max(bytes, chunk.length() * WHOLE), Double::sum);
              if (marks.needAsBase(place.get())) {
                bases.merge(place.get().pack(), bytes, Double::sum);
              }
            }
          }
        });
    List<PackUse> packs = new ArrayList<>();
    tables.each(
        (number, table) -> {
          PackUse use = use(number, table, marks);
          packs.add(use.with(bases.getOrDefault(number, 0.0), charged.getOrDefault(number, 0.0)));
        });
    return new Census(packs);
  }

  /** What a chunk takes of its block, in bytes. */
  private static double share(ChunkLocation chunk) {
    return (double) chunk.block().storedLength() * chunk.length() / chunk.block().length();
  }

  /** Some of the packs, by their local numbers. */
  PruneReport.Amount amount(BitSet some) {
    List<PackUse> chosen = packs.stream().filter(pack -> some.get(pack.number())).toList();
    return new PruneReport.Amount(chosen.size(), chosen.stream().mapToLong(PackUse::size).sum());
  }

  /** All of them. */
  PruneReport.Amount all() {
    return new PruneReport.Amount(packs.size(), packs.stream().mapToLong(PackUse::size).sum());
  }

  private static PackUse use(int number, PackTable table, Marks marks) {
    Needed needed = new Needed(marks.neededIn(number));
    double bytes = 0;
    long wholeTable = 0;
    long neededTable = 0;
    for (int block = 0; block < table.blocks().size(); block++) {
      BlockInfo info = table.blocks().get(block);
      int live = 0;
      int offset = 0;
      for (ChunkRef chunk : info.chunks()) {
        wholeTable++;
        if (needed.has(block, offset)) {
          live += chunk.length();
          neededTable++;
        }
        offset += chunk.length();
      }
      bytes += (double) info.storedLength() * live / offset;
    }
    long blocks = table.blocks().stream().mapToLong(BlockInfo::storedLength).sum();
    double rest = (double) (table.size() - blocks) * neededTable / wholeTable;
    long all = Math.min(table.size(), Math.round(bytes + rest));
    return new PackUse(number, table.pack(), table.size(), all, 0, neededTable > 0);
  }

  /** The needed places of one pack, asked for in their order. */
  static final class Needed {
    private final PrimitiveIterator.OfLong places;
    private long next;

    Needed(PrimitiveIterator.OfLong places) {
      this.places = places;
      advance();
    }

    private void advance() {
      next = places.hasNext() ? places.nextLong() : Long.MAX_VALUE;
    }

    boolean has(int block, int offset) {
      long place = (long) block << 32 | offset;
      while (next < place) {
        advance();
      }
      return next == place;
    }
  }
}
