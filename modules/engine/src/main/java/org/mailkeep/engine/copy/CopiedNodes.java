package org.mailkeep.engine.copy;

import java.util.Optional;
import org.mailkeep.engine.backup.RunLedger;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Which nodes the target has with all that is below them, and what they and other chunks are called
 * there. The first is noted while a snapshot is copied and believed when that has ended well.
 */
final class CopiedNodes {

  private final StateDatabase state;
  private final RunLedger run;

  /** For the copy of one snapshot. */
  CopiedNodes(StateDatabase state, long generation) {
    this.state = state;
    this.run = new RunLedger(state, generation);
  }

  /** What a node is called in the target, if that has it with all that is below. */
  Optional<ChunkId> whole(ChunkId node) {
    byte[] value = state.get(Table.COPIED, node.bytes());
    if (value == null) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(value);
    long when = in.u64();
    return when == run.current() || run.isTrusted(when)
        ? Optional.of(ChunkId.read(in))
        : Optional.empty();
  }

  /** What a chunk is called in the target, whether that has it or not. */
  Optional<ChunkId> name(ChunkId chunk) {
    byte[] value = state.get(Table.COPIED, chunk.bytes());
    if (value == null) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(value);
    long _ = in.u64();
    return Optional.of(ChunkId.read(in));
  }

  /** A node and all that is below it is in the target, if this run ends well. */
  void add(ChunkId node, ChunkId there) {
    ByteWriter value = new ByteWriter(8 + ChunkId.LENGTH).u64(run.current());
    there.write(value);
    state.put(Table.COPIED, node.bytes(), value.toByteArray());
  }

  /** The snapshot is in the target. */
  void complete() {
    run.complete();
  }
}
