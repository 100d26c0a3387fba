package org.mailkeep.repository.index;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.pack.PackTable;

/** Says which chunks the repository has and where. Safe for use by many threads. */
public interface ChunkIndex {

  /** Whether the chunk is in a pack that stays; what is in condemned packs only is not. */
  boolean contains(ChunkId id);

  /** Where the chunk is; in a condemned pack only where no other has it. */
  Optional<ChunkLocation> find(ChunkId id);

  /** Where the chunk is in a block of less than this depth, as the base of a delta must be. */
  default Optional<ChunkLocation> find(ChunkId id, int belowDepth) {
    return find(id).filter(place -> place.block().depth() < belowDepth);
  }

  /** All places of the chunk in blocks of less than this depth, the one to be taken first. */
  default List<ChunkLocation> findAll(ChunkId id, int belowDepth) {
    return find(id, belowDepth).stream().toList();
  }

  /** Takes note of a pack that is safely stored. */
  void add(PackTable pack);
}
