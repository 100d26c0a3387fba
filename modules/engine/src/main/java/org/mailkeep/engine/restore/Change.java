package org.mailkeep.engine.restore;

/** What becomes of a name in the target. */
public enum Change {
  /** It is not there yet and is made. */
  MAKE,
  /** What is there gives way to the snapshot's. */
  REPLACE,
  /** Its content stays; owner, mode, times or attributes are set. */
  MEND,
  /** It stays as it is. */
  KEEP,
  /** The snapshot does not have it, and it goes. */
  REMOVE,
  /** What is there stands in the way, so that nothing is restored. */
  BLOCKED;

  /** Whether the snapshot's file is written. */
  boolean isWritten() {
    return this == MAKE || this == REPLACE;
  }
}
