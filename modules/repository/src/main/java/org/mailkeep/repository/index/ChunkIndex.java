package org.mailkeep.repository.index;

import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.pack.PackTable;

/** Says which chunks the repository has and where. Safe for use by many threads. */
public interface ChunkIndex {

  /** Whether the chunk is in a pack. */
  boolean contains(ChunkId id);

  /** Where the chunk is. */
  Optional<ChunkLocation> find(ChunkId id);

  /** Takes note of a pack that is safely stored. */
  void add(PackTable pack);
}
