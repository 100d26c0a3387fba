package org.mailkeep.engine.prune;

import org.mailkeep.model.ObjectId;

/**
 * How much of a pack is needed.
 *
 * @param number its local number
 * @param pack its id
 * @param size the length of its file in bytes
 * @param needed about how many of these bytes hold what snapshots need
 * @param any whether anything in it is needed
 */
record PackUse(int number, ObjectId pack, long size, long needed, boolean any) {

  /** Packs below this are worth merging, in bytes. */
  static final long SMALL = 4 << 20;

  /** The share of its bytes that nobody needs. */
  double unused() {
    return 1 - (double) needed / size;
  }

  boolean isSmall() {
    return size < SMALL;
  }
}
