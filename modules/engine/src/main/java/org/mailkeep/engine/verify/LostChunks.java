package org.mailkeep.engine.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * The chunks that a check could not read in some place, each with the object that is to blame; kept
 * on disk, for a whole repository may be lost.
 */
final class LostChunks {

  private final StateDatabase state;
  private volatile boolean any;

  LostChunks(StateDatabase state) {
    this.state = state;
  }

  boolean isEmpty() {
    return !any;
  }

  void add(ChunkId id, String object) {
    any = true;
    state.put(Table.DIRECTORIES, id.bytes(), object.getBytes(US_ASCII));
  }

  /** The object because of which the chunk cannot be read in some place; empty where it can. */
  Optional<String> blamed(ChunkId id) {
    return any
        ? Optional.ofNullable(state.get(Table.DIRECTORIES, id.bytes()))
            .map(name -> new String(name, US_ASCII))
        : Optional.empty();
  }
}
