package org.mailkeep.repository.block;

import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;

/**
 * One block as a pack's table describes it.
 *
 * @param kind what its chunks are
 * @param codec how it was compressed
 * @param storedLength its sealed length in the pack, tag included
 * @param depth how many blocks must be opened one after the other to read it: 0 without bases, else
 *     one more than the deepest of its bases' blocks
 * @param bases the chunks that make its dictionary, in order; empty but for {@link
 *     Codec#ZSTD_DELTA}
 * @param chunks its chunks, in order, which add up to the plaintext
 */
public record BlockInfo(
    BlockKind kind,
    Codec codec,
    int storedLength,
    int depth,
    List<ChunkId> bases,
    List<ChunkRef> chunks) {

  /** A block's plaintext is at most this long, in bytes. */
  public static final int MAX_LENGTH = 32 << 20;

  /** The deepest chain of deltas: reading a node opens at most this many blocks more. */
  public static final int MAX_DEPTH = 4;

  /** Copies the lists, checks the bounds. */
  public BlockInfo {
    bases = List.copyOf(bases);
    chunks = List.copyOf(chunks);
    boolean delta = codec == Codec.ZSTD_DELTA;
    if (chunks.isEmpty() || delta == bases.isEmpty() || delta != (depth > 0) || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("a block of " + codec + " with depth " + depth);
    }
  }

  /** The length of the plaintext in bytes. */
  public int length() {
    return chunks.stream().mapToInt(ChunkRef::length).sum();
  }
}
