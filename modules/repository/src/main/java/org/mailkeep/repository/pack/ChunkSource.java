package org.mailkeep.repository.pack;

import org.mailkeep.model.ChunkId;

/** Gives chunks back. Safe for use by many threads. */
@FunctionalInterface
public interface ChunkSource {

  /**
   * The chunk's bytes, proven to have this id.
   *
   * @throws org.mailkeep.model.error.DamagedException where it is missing or not what it was
   */
  byte[] read(ChunkId id);
}
