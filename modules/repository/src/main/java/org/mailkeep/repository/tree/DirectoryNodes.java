package org.mailkeep.repository.tree;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;

/**
 * All nodes of one directory, lowest level first, each level in the order of names. The last is the
 * root.
 */
public final class DirectoryNodes {

  /** No directory: there was none before. */
  public static final DirectoryNodes NONE = new DirectoryNodes(List.of());

  private final List<StoredNode> nodes;
  private final Map<Integer, TreeMap<FileName, StoredNode>> levels = new TreeMap<>();

  /** The directory of these nodes. */
  public DirectoryNodes(List<StoredNode> nodes) {
    this.nodes = List.copyOf(nodes);
    for (StoredNode node : nodes) {
      levels.computeIfAbsent(node.level(), _ -> new TreeMap<>()).put(node.first(), node);
    }
  }

  /** The nodes. */
  public List<StoredNode> nodes() {
    return nodes;
  }

  /** The id of the root node. */
  public ChunkId root() {
    return nodes.getLast().id();
  }

  /** The node of this level that holds, or would hold, this name. */
  Optional<StoredNode> at(int level, FileName name) {
    TreeMap<FileName, StoredNode> nodesOfLevel = levels.get(level);
    if (nodesOfLevel == null) {
      return Optional.empty();
    }
    Map.Entry<FileName, StoredNode> floor = nodesOfLevel.floorEntry(name);
    return Optional.of(floor != null ? floor.getValue() : nodesOfLevel.firstEntry().getValue());
  }
}
