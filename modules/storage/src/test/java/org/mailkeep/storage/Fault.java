package org.mailkeep.storage;

/** How an operation goes wrong. */
public enum Fault {
  /** It fails and nothing was done. */
  NOTHING_DONE,
  /** It was done, but its answer is lost, so the caller sees a failure. */
  ANSWER_LOST,
  /** A put keeps half of the bytes and reports success, as a lying disk does; others just work. */
  CUT
}
