package org.mailkeep.model.content;

import org.mailkeep.model.ChunkId;

/**
 * One chunk's place in a recipe.
 *
 * @param id the chunk
 * @param length its plaintext's length in bytes, 1 or more
 */
public record ChunkRef(ChunkId id, int length) {

  /** The longest chunk that the format allows, in bytes. */
  public static final int MAX_LENGTH = 16 << 20;

  /** Checks the length. */
  public ChunkRef {
    if (length < 1 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a chunk of " + length + " bytes");
    }
  }
}
