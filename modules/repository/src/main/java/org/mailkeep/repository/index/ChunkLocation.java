package org.mailkeep.repository.index;

/**
 * Where a chunk is.
 *
 * @param block the block that holds it
 * @param offset where it begins in the block's plaintext, in bytes
 * @param length its length in bytes
 */
public record ChunkLocation(BlockLocation block, int offset, int length) {}
