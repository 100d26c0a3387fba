package org.mailkeep.engine.backup;

import java.util.concurrent.locks.LockSupport;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/**
 * What a directory's times were at a moment.
 *
 * @param stat its status
 * @param millis when it was asked for, milliseconds since 1970
 */
record DirectoryMoment(FileStat stat, long millis) {

  /** The kernel takes times of files from a clock that ticks every 1 to 10 milliseconds. */
  private static final long TICK_MILLIS = 20;

  private static final long NANOS = 1_000_000;

  /** Its times now, or in a moment, where they would leave it in doubt. */
  static DirectoryMoment of(Directory directory) {
    DirectoryMoment now = now(directory);
    if (now.hasJustChanged()) {
      LockSupport.parkNanos(TICK_MILLIS * NANOS);
      now = now(directory);
    }
    return now;
  }

  private static DirectoryMoment now(Directory directory) {
    return new DirectoryMoment(directory.stat(), System.currentTimeMillis());
  }

  /**
   * Whether nothing was added, removed or renamed between the two. One change has another time than
   * one before it only in another tick, so a directory that has just changed is in doubt.
   */
  boolean isUnchangedAt(DirectoryMoment later) {
    return later.stat.mtimeSeconds() == stat.mtimeSeconds()
        && later.stat.mtimeNanos() == stat.mtimeNanos()
        && later.stat.ctimeSeconds() == stat.ctimeSeconds()
        && later.stat.ctimeNanos() == stat.ctimeNanos()
        && !hasJustChanged();
  }

  private boolean hasJustChanged() {
    long changed = stat.ctimeSeconds() * 1000 + stat.ctimeNanos() / NANOS;
    return Math.abs(millis - changed) < TICK_MILLIS;
  }
}
