package org.mailkeep.repository.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Brings the bad sectors of one pack back, in place. */
final class PackCorrection {

  private final ParityFile parity;
  private final ParityLayout layout;
  private final byte[] bytes;

  /**
   * @param bytes all of the pack, some of it wrong
   */
  PackCorrection(ParityFile parity, byte[] bytes) {
    this.parity = parity;
    this.layout = parity.layout();
    this.bytes = bytes;
  }

  /** Corrects and says how many sectors were wrong; empty where some stay wrong. */
  OptionalInt correct() {
    Map<Integer, List<Integer>> bad = badSectors();
    int count = 0;
    for (Map.Entry<Integer, List<Integer>> group : bad.entrySet()) {
      if (!correct(group.getKey(), group.getValue())) {
        return OptionalInt.empty();
      }
      count += group.getValue().size();
    }
    return OptionalInt.of(count);
  }

  /** The sectors with a wrong checksum, by group. */
  private Map<Integer, List<Integer>> badSectors() {
    Map<Integer, List<Integer>> bad = new TreeMap<>();
    for (int sector = 0; sector < layout.sectors(); sector++) {
      if (!parity.isRight(sector, bytes, sector * ParityLayout.SECTOR)) {
        bad.computeIfAbsent(layout.group(sector), _ -> new ArrayList<>()).add(sector);
      }
    }
    return bad;
  }

  private boolean correct(int group, List<Integer> bad) {
    Map<Integer, byte[]> rows = new HashMap<>();
    for (int row = 0; row < layout.rows() && rows.size() < bad.size(); row++) {
      int number = row;
      parity.parity(layout.paritySector(group, row)).ifPresent(sector -> rows.put(number, sector));
    }
    if (rows.size() < bad.size()) {
      return false;
    }
    int[] chosen = rows.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    int[] columns = bad.stream().mapToInt(layout::column).toArray();
    byte[][] missing = missing(group, bad, chosen, rows);
    byte[][] solved = ReedSolomon.solve(columns, chosen, missing);
    boolean right = true;
    for (int i = 0; i < columns.length; i++) {
      int sector = bad.get(i);
      int offset = sector * ParityLayout.SECTOR;
      System.arraycopy(solved[i], 0, bytes, offset, layout.length(sector));
      right &= parity.isRight(sector, bytes, offset);
    }
    return right;
  }

  /** What the lost sectors contribute to the rows: the parity less what the others contribute. */
  private byte[][] missing(
      int group, List<Integer> bad, int[] rows, Map<Integer, byte[]> parityOfRows) {
    int passes = ReedSolomon.passes(layout.rows());
    long[][] sums = new long[passes][layout.parityLength()];
    for (int sector = group; sector < layout.sectors(); sector += layout.groups()) {
      if (!bad.contains(sector)) {
        for (int pass = 0; pass < passes; pass++) {
          int offset = sector * ParityLayout.SECTOR;
          ReedSolomon.add(
              sums[pass], pass, layout.column(sector), 0, bytes, offset, layout.length(sector));
        }
      }
    }
    byte[][] missing = new byte[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      byte[] row = parityOfRows.getOrDefault(rows[r], new byte[0]);
      missing[r] = Arrays.copyOf(row, layout.parityLength());
      long[] from = sums[rows[r] / ReedSolomon.ROWS_AT_ONCE];
      for (int i = 0; i < missing[r].length; i++) {
        missing[r][i] ^= ReedSolomon.row(from[i], rows[r]);
      }
    }
    return missing;
  }
}
