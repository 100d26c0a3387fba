package org.mailkeep.repository.pack;

import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockKind;

/**
 * Takes chunks into the repository. A chunk that is already there, or was given before, costs a
 * look-up and nothing else. Safe for use by many threads; a call waits while too much is under way.
 */
public interface ChunkSink {

  /**
   * Adds {@code bytes[offset..offset+length)}, which may change once this returns.
   *
   * @param id the id of just these bytes
   */
  void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length);

  /**
   * Adds a node that resembles another one, which is stored as the difference.
   *
   * @param id the id of {@code node}
   * @param base a node that the repository has; where it is not there, or too deep a difference
   *     itself, the new node is stored whole
   * @param baseBytes its bytes
   */
  void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes);
}
