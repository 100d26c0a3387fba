package org.mailkeep.repository.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeBoundary;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;

/**
 * Writes one directory, which is added from its start to its end. It holds the entries of one leaf
 * at a time, and what a listener leaves of the nodes. For one thread.
 */
public final class DirectoryWriter {

  private final ChunkHasher hasher;
  private final ChunkSink sink;
  private final DirectoryNodes before;
  private final NodeListener listener;
  private final List<StoredNode> leaves = new ArrayList<>();
  private final List<Entry> open = new ArrayList<>();
  private long openBytes;

  DirectoryWriter(
      ChunkHasher hasher, ChunkSink sink, DirectoryNodes before, NodeListener listener) {
    this.hasher = hasher;
    this.sink = sink;
    this.before = before;
    this.listener = listener;
  }

  /**
   * Keeps a leaf of the directory as it was, instead of its entries: the nodes are the same as all
   * entries would make. A leaf stays where the one before it ends, for where it ends itself depends
   * on nothing else.
   *
   * @param leaf is the last one if it ended by reason of the directory's end
   * @return whether it stays; where it does not, its entries are to be added
   */
  public boolean keep(StoredNode leaf) {
    if (open.isEmpty()) {
      leaves.add(leaf);
      return true;
    }
    return false;
  }

  /** Adds the entry with the next name. */
  public void add(Entry entry) {
    open.add(entry);
    openBytes += EntryWeight.of(entry);
    if (NodeBoundary.after(entry.name(), open.size(), openBytes)) {
      cut();
    }
  }

  private void cut() {
    leaves.add(store(new Node.Leaf(open)));
    open.clear();
    openBytes = 0;
  }

  /** Writes the rest. */
  public DirectoryNodes end() {
    if (!open.isEmpty() || leaves.isEmpty()) {
      cut();
    }
    List<StoredNode> all = new ArrayList<>(leaves);
    List<StoredNode> level = leaves;
    for (int height = 1; level.size() > 1; height++) {
      level = writeBranches(height, level);
      all.addAll(level);
    }
    return new DirectoryNodes(all);
  }

  private List<StoredNode> writeBranches(int height, List<StoredNode> below) {
    List<StoredNode> branches = new ArrayList<>();
    List<Node.Child> children = new ArrayList<>();
    for (StoredNode node : below) {
      children.add(new Node.Child(node.first(), node.id()));
      if (NodeBoundary.after(node.first(), children.size(), 0)) {
        branches.add(store(new Node.Branch(height, children)));
        children.clear();
      }
    }
    if (!children.isEmpty()) {
      branches.add(store(new Node.Branch(height, children)));
    }
    return branches;
  }

  private StoredNode store(Node node) {
    byte[] bytes = NodeCodec.encode(node);
    ChunkId id = hasher.id(bytes, 0, bytes.length);
    StoredNode stored =
        switch (node) {
          case Node.Leaf leaf -> StoredNode.of(0, first(leaf), id, bytes, leaf.entries().size());
          case Node.Branch branch ->
              StoredNode.of(
                  branch.level(),
                  branch.children().getFirst().first(),
                  id,
                  bytes,
                  branch.children().size());
        };
    Optional<StoredNode> base = before.at(stored.level(), stored.first());
    Optional<byte[]> baseBytes = base.flatMap(StoredNode::bytes);
    if (base.isPresent() && baseBytes.isPresent()) {
      sink.addNode(id, bytes, base.get().id(), baseBytes.get());
    } else {
      sink.add(id, BlockKind.NODE, bytes, 0, bytes.length);
    }
    return listener.written(stored);
  }

  private static FileName first(Node.Leaf leaf) {
    return leaf.entries().isEmpty() ? FileName.of(new byte[0]) : leaf.entries().getFirst().name();
  }
}
