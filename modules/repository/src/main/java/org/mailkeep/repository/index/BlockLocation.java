package org.mailkeep.repository.index;

import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;

/**
 * Where a block is and what it takes to open it.
 *
 * @param pack the pack that holds it
 * @param number its number in the pack, from 0
 * @param offset where it begins in the pack, in bytes
 * @param storedLength its sealed length in bytes
 * @param length its plaintext's length in bytes
 * @param kind what its chunks are
 * @param codec how it is compressed
 * @param depth see {@link org.mailkeep.repository.block.BlockInfo#depth}
 * @param bases the chunks that make its dictionary
 */
public record BlockLocation(
    ObjectId pack,
    int number,
    long offset,
    int storedLength,
    int length,
    BlockKind kind,
    Codec codec,
    int depth,
    List<ChunkId> bases) {
  /** Copies the list. */
  public BlockLocation {
    bases = List.copyOf(bases);
  }

  /** What tells it from other blocks. */
  public BlockKey key() {
    return new BlockKey(pack, number);
  }
}
