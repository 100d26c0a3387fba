package org.mailkeep.repository.parity;

/**
 * How the sectors of a pack and of its parity belong together. Sector <i>s</i> of the pack is in
 * group <i>s</i> mod {@code groups}, as column <i>s</i> / {@code groups}; so neighbours are in
 * different groups, and a lost stretch is spread over all of them. Each group has {@code rows}
 * sectors of parity, and any {@code rows} of its sectors, of either kind, may be lost.
 *
 * @param packLength the length of the pack in bytes
 * @param groups how many groups there are, 1 or more
 * @param rows sectors of parity in each group, 1 to {@link #MOST_ROWS}
 */
record ParityLayout(long packLength, int groups, int rows) {

  /** The unit of loss and correction, in bytes: what disks read and write at once. */
  static final int SECTOR = 4096;

  /** Sectors of the pack in one group, at most. */
  static final int MOST_COLUMNS = 160;

  /** Sectors of parity in one group, at most: with the columns they fit in the field. */
  static final int MOST_ROWS = 95;

  /** No pack that parity is made for is longer, in bytes, for it is held in memory when mended. */
  static final long LONGEST_PACK = 96L << 20;

  /** Checks the bounds. */
  ParityLayout {
    long sectors = (packLength + SECTOR - 1) / SECTOR;
    if (packLength < 1
        || packLength > LONGEST_PACK
        || rows < 1
        || rows > MOST_ROWS
        || groups != (sectors + MOST_COLUMNS - 1) / MOST_COLUMNS) {
      throw new IllegalArgumentException("no layout: " + packLength + ", " + groups + ", " + rows);
    }
  }

  /** The layout for a pack of this length with {@code percent} of parity, rounded up. */
  static ParityLayout of(long packLength, int percent) {
    long sectors = (packLength + SECTOR - 1) / SECTOR;
    int groups = (int) ((sectors + MOST_COLUMNS - 1) / MOST_COLUMNS);
    long columns = (sectors + groups - 1) / groups;
    return new ParityLayout(packLength, groups, (int) ((columns * percent + 99) / 100));
  }

  /** Sectors of the pack; the last one may be shorter. */
  int sectors() {
    return (int) ((packLength + SECTOR - 1) / SECTOR);
  }

  /** Sectors of parity: row by row, and in each row group by group. */
  int paritySectors() {
    return groups * rows;
  }

  /** The length of a sector of parity in bytes: a pack of one sector may be shorter than that. */
  int parityLength() {
    return (int) Math.min(SECTOR, packLength);
  }

  /** The length of a sector of the pack in bytes. */
  int length(int sector) {
    return (int) Math.min(SECTOR, packLength - (long) sector * SECTOR);
  }

  int group(int sector) {
    return sector % groups;
  }

  int column(int sector) {
    return sector / groups;
  }

  /** The sector of parity with this row in this group. */
  int paritySector(int group, int row) {
    return row * groups + group;
  }
}
