package org.mailkeep.engine.repair;

import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Says whether entries are there with all that is below them. Nodes and long recipes are read,
 * content is looked up in the index. Nodes that are whole are remembered on disk, for snapshots
 * share most of them.
 */
final class WholeTrees {

  private final TreeReader trees;
  private final ContentReader content;
  private final ChunkIndex index;
  private final StateDatabase known;
  private final Cancellation cancellation;

  WholeTrees(ChunkReader reader, ChunkIndex index, StateDatabase known, Cancellation cancellation) {
    this.trees = new TreeReader(reader);
    this.content = new ContentReader(reader);
    this.index = index;
    this.known = known;
    this.cancellation = cancellation;
  }

  /** Whether the entry and all below it is there. */
  boolean isWhole(Entry entry) {
    return switch (entry.body()) {
      case Body.Directory directory -> isWhole(directory.root());
      case Body.RegularFile file -> problem(file).isEmpty();
      default -> true;
    };
  }

  private boolean isWhole(ChunkId node) {
    cancellation.check();
    if (known.get(Table.NODES, node.bytes()) != null) {
      return true;
    }
    boolean whole;
    try {
      whole =
          switch (trees.node(node)) {
            case Node.Branch branch ->
                branch.children().stream().allMatch(child -> isWhole(child.id()));
            case Node.Leaf leaf -> leaf.entries().stream().allMatch(this::isWhole);
          };
    } catch (DamagedException e) {
      return false;
    }
    if (whole) {
      known.put(Table.NODES, node.bytes(), new byte[0]);
    }
    return whole;
  }

  /** What is wrong with a file; empty where it can be restored. */
  Optional<String> problem(Body.RegularFile file) {
    try {
      content.forEachChunk(file.recipe(), chunk -> require(chunk.id()));
      return content.length(file.recipe()) == file.size()
          ? Optional.empty()
          : Optional.of("its recipe gives another length");
    } catch (DamagedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void require(ChunkId id) {
    if (!index.contains(id)) {
      throw new DamagedException("chunk " + id, "no pack has it");
    }
  }
}
