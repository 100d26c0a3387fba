package org.mailkeep.repository.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.rocksdb.RocksDB;

/** The column families of the host state. */
public enum Table {
  /** Single facts: layout version, counters, the run that completed last. */
  FACTS,
  /** Chunk id to pack, block, offset, length. */
  CHUNKS,
  /** Pack number and block number to the block's place and form. */
  BLOCKS,
  /** Pack number to pack id, and back. */
  PACKS,
  /** Tables of packs that no index segment in the repository names yet. */
  UNPUBLISHED,
  /** Names of the index segments that are merged into {@link #CHUNKS}. */
  SEGMENTS,
  /** What each source directory looked like when it was last read. */
  DIRECTORIES,
  /** The nodes of those directories, with what the scan knows of each entry. */
  NODES,
  /** When each pack was last read and proven by a check of this host, and with what result. */
  PACK_CHECKS,
  /** What a copy elsewhere has: chunks of this repository, and what they are called there. */
  COPIED,
  /** What the message history has seen: snapshots and mailboxes, with its counters. */
  HISTORY,
  /** Message number to what the message says of itself. */
  MESSAGES,
  /** Mailbox and base name to what became of the message. */
  LIVES,
  /** Words of messages to the numbers of those that have them. */
  WORDS,
  /** What messages say that passed by in a backup, until the history has taken them over. */
  HEADERS;

  /** Whether its values are texts, which compress, and few of them are read at a time. */
  boolean isText() {
    return this == MESSAGES || this == LIVES || this == WORDS;
  }

  /** Whether single keys are asked for that may not be there; the others are read in order. */
  boolean isLookedUp() {
    return this != WORDS && this != HEADERS;
  }

  /** Whether bytes are added to its values without reading these. */
  boolean isCollected() {
    return this == CHUNKS;
  }

  byte[] columnFamily() {
    return this == FACTS ? RocksDB.DEFAULT_COLUMN_FAMILY : name().getBytes(US_ASCII);
  }
}
