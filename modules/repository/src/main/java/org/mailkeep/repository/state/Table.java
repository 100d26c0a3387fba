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
  PACK_CHECKS;

  byte[] columnFamily() {
    return this == FACTS ? RocksDB.DEFAULT_COLUMN_FAMILY : name().getBytes(US_ASCII);
  }
}
