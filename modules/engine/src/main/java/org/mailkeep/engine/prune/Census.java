package org.mailkeep.engine.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PrimitiveIterator;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.pack.PackTable;

/**
 * Counts how much of each pack is needed.
 *
 * @param packs all packs
 */
record Census(List<PackUse> packs) {

  static Census take(PackTables tables, Marks marks) {
    List<PackUse> packs = new ArrayList<>();
    tables.each((number, table) -> packs.add(use(number, table, marks)));
    return new Census(packs);
  }

  /** Some of the packs, by their local numbers. */
  PruneReport.Amount amount(BitSet some) {
    List<PackUse> chosen = packs.stream().filter(pack -> some.get(pack.number())).toList();
    return new PruneReport.Amount(
        chosen.size(), chosen.stream().mapToLong(PackUse::size).sum());
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
    return new PackUse(number, table.pack(), table.size(), all, neededTable > 0);
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
