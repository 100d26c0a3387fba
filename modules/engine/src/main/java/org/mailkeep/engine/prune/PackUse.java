package org.mailkeep.engine.prune;

import org.mailkeep.model.ObjectId;

/**
 * How much of a pack is needed.
 *
 * @param number its local number
 * @param pack its id
 * @param size the length of its file in bytes
 * @param needed about how many of these bytes hold what snapshots need
 * @param charged about how many bytes in other packs are needed only for differences in this one
 * @param any whether anything in it is needed
 */
record PackUse(int number, ObjectId pack, long size, long needed, long charged, boolean any) {

  /** Packs below this are worth merging, in bytes. */
  static final long SMALL = 4 << 20;

  /** The share of its bytes that nobody needs. */
  double unused() {
    return 1 - (double) (needed - charged) / size;
  }

  /** The same with what is needed only for differences, here and elsewhere. */
  PackUse with(double bases, double elsewhere) {
    long all = Math.min(size, needed + Math.round(bases));
    return new PackUse(number, pack, size, all, Math.round(elsewhere), any || bases > 0);
  }

  boolean isSmall() {
    return size < SMALL;
  }
}
