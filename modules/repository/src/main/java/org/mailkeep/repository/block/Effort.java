package org.mailkeep.repository.block;

/** How hard to compress. Whoever reads needs not know: the repository does not record it. */
public enum Effort {
  /** For slow processors and fast disks. */
  FAST(1),
  /** What suits most. */
  DEFAULT(Compression.DEFAULT_LEVEL),
  /**
   * For storage that is dear or far away. Of 16 MB of real messages in blocks of 256 KiB, level 9
   * leaves 9 percent less than level 3; level 12 takes six times as long as 9 for one percent more.
   */
  BEST(9);

  private final int level;

  Effort(int level) {
    this.level = level;
  }

  /** zstd's level, 1 to 22. */
  public int level() {
    return level;
  }
}
