package org.mailkeep.engine.backup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/** The last snapshot of the same selection, as the host state knows it. */
final class Memento {

  private final StateDatabase state;
  private final byte[] key;

  Memento(StateDatabase state, byte[] selection) {
    this.state = state;
    this.key = new ByteWriter(64).u8('s').raw(selection).toByteArray();
  }

  Optional<ObjectId> snapshot() {
    byte @Nullable [] value = state.get(Table.FACTS, key);
    return value == null
        ? Optional.empty()
        : Optional.of(ObjectId.of(Arrays.copyOf(value, ObjectId.LENGTH)));
  }

  /** The root directory of that snapshot. */
  Optional<Entry> root() {
    byte @Nullable [] value = state.get(Table.FACTS, key);
    if (value == null) {
      return Optional.empty();
    }
    byte[] leaf = Arrays.copyOfRange(value, ObjectId.LENGTH, value.length);
    return NodeCodec.decode(leaf) instanceof Node.Leaf node
        ? node.entries().stream().findFirst()
        : Optional.empty();
  }

  /** Whether that snapshot has the very same tree. */
  boolean hasRoot(Entry other) {
    return root().filter(other::equals).isPresent();
  }

  void remember(ObjectId snapshot, Entry root) {
    state.put(
        Table.FACTS, key, new ByteWriter(128).raw(snapshot.bytes()).raw(bytes(root)).toByteArray());
  }

  private static byte[] bytes(Entry root) {
    return NodeCodec.encode(new Node.Leaf(List.of(root)));
  }
}
