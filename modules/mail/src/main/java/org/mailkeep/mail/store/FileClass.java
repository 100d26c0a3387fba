package org.mailkeep.mail.store;

/** What a backup does with a file, and why. */
public enum FileClass {
  /** A message: it never changes, and a rename keeps its content. */
  MESSAGE,
  /** Anything else that is stored. */
  ORDINARY,
  /**
   * The record of UIDs, keywords or sizes that goes with the messages: stored, and read after them.
   * An entry for a message that is not there is dropped by the server; a message without an entry
   * gets a new UID, and every client fetches it again.
   */
  MUST_KEEP,
  /** Made again by its server without loss: left out. */
  CACHE,
  /** A lock: left out. */
  LOCK,
  /** Half-written or short-lived: left out. */
  TEMPORARY;

  /** Whether a backup stores the file. */
  public boolean isStored() {
    return this == MESSAGE || this == ORDINARY || this == MUST_KEEP;
  }

  /** Whether the file is read after the messages of its Maildir. */
  public boolean isReadLast() {
    return this == MUST_KEEP;
  }
}
