package org.mailkeep.engine.verify;

import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/** The chunks that a check could not read; kept on disk, for a whole repository may be lost. */
final class LostChunks {

  private final StateDatabase state;
  private volatile boolean any;

  LostChunks(StateDatabase state) {
    this.state = state;
  }

  void add(ChunkId id) {
    any = true;
    state.put(Table.DIRECTORIES, id.bytes(), new byte[0]);
  }

  boolean contains(ChunkId id) {
    return any && state.get(Table.DIRECTORIES, id.bytes()) != null;
  }
}
