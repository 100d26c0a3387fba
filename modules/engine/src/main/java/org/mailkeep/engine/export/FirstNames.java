package org.mailkeep.engine.export;

import java.util.Optional;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Remembers under which name each hard-linked file was written first; on disk, when there is any.
 */
final class FirstNames implements AutoCloseable {

  private Optional<TemporaryState> state = Optional.empty();

  /** The first name of a file; empty for a file of one name, and one that was not written yet. */
  Optional<RawPath> of(long group) {
    return group == 0 || state.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(database().get(Table.FACTS, key(group))).map(RawPath::of);
  }

  /** A file has been written under this name. */
  void written(long group, RawPath path) {
    if (group != 0) {
      database().put(Table.FACTS, key(group), path.bytes());
    }
  }

  private StateDatabase database() {
    if (state.isEmpty()) {
      state = Optional.of(TemporaryState.create());
    }
    return state.get().database();
  }

  private static byte[] key(long group) {
    return new ByteWriter(Long.BYTES).u64(group).toByteArray();
  }

  @Override
  public void close() {
    state.ifPresent(TemporaryState::close);
  }
}
