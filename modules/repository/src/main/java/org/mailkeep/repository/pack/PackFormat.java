package org.mailkeep.repository.pack;

import org.mailkeep.crypto.BlockSealer;
import org.mailkeep.crypto.Envelope;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.object.ObjectHeader;

/**
 * A pack file: header, envelope, sealed blocks one after the other, sealed table, footer. The
 * footer is the length of the sealed table (four bytes) and the magic "KEEP". Blocks are sealed to
 * the data key under their number, with their kind as additional data; the table is sealed
 * symmetrically, with header, envelope and footer as additional data, so that every byte of the
 * file is covered by one seal or another, and a writer, too, can read it.
 */
public final class PackFormat {

  /** Where the first block begins, in bytes. */
  public static final int FIRST_BLOCK = ObjectHeader.LENGTH + Envelope.LENGTH;

  /** The length of the footer in bytes. */
  public static final int FOOTER = 8;

  /** A pack is closed when its blocks reach this size, in bytes. */
  public static final int TARGET_SIZE = 16 << 20;

  /** A pack is closed when it has so many chunks: as objects they take 10 MB. */
  public static final int TARGET_CHUNKS = 1 << 17;

  /**
   * No pack becomes larger, in bytes: its blocks stay below the target size before the last one,
   * which has at most 64 MiB, and its table below what is read at once.
   */
  public static final int MAX_SIZE = 160 << 20;

  static final int MAGIC = 0x4b454550;

  /** The table's number among the pack's symmetrically sealed parts. */
  static final long TABLE_NUMBER = 0;

  private PackFormat() {}

  static byte[] blockData(BlockKind kind) {
    return new byte[] {(byte) kind.code()};
  }

  static byte[] footer(int tableLength) {
    return new ByteWriter(FOOTER).u32(tableLength).u32(MAGIC).toByteArray();
  }

  /** The smallest pack file: one empty table. */
  static int minSize() {
    return FIRST_BLOCK + BlockSealer.OVERHEAD + 1 + FOOTER;
  }
}
