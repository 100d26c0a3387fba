package org.mailkeep.benchmarks.workload;

/** Writes messages. Safe for use by several threads: a message follows from its number alone. */
interface MessageSource {

  /** Adds the part of a message that all its recipients get alike, beginning with the header. */
  void add(Bytes out, long number, long date);

  /** What ends a line in this store's messages, also in the lines that a delivery puts on top. */
  default String lineEnd() {
    return "\n";
  }
}
