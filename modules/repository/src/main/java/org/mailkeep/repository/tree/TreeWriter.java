package org.mailkeep.repository.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeBoundary;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;

/** Writes directories as nodes. Not for use by two threads. */
public final class TreeWriter {

  /** What an entry adds to a node at most beside its name and variable parts, in bytes. */
  private static final int ENTRY_BYTES = 128;

  /** What a chunk in a recipe adds at most, in bytes. */
  private static final int CHUNK_BYTES = ChunkId.LENGTH + 8;

  private final ChunkHasher hasher;
  private final ChunkSink sink;

  /** Writes to this sink. */
  public TreeWriter(ChunkHasher hasher, ChunkSink sink) {
    this.hasher = hasher;
    this.sink = sink;
  }

  /**
   * Writes a directory.
   *
   * @param entries sorted by name, none twice
   * @param before the same directory as it was, whose nodes the new ones are stored as differences
   *     to; {@link DirectoryNodes#NONE} where there was none
   */
  public DirectoryNodes write(List<Entry> entries, DirectoryNodes before) {
    return writeStretches(List.of(Stretch.of(entries)), before);
  }

  /**
   * Writes a directory of which much may have stayed: the same nodes as {@link #write} of all
   * entries makes. A leaf stays where the one before it ends, for where it ends itself depends on
   * nothing else.
   *
   * @param stretches in the order of names; what stands before the first leaf that stays begins
   *     with its entries, and only the last leaf of the directory may end by reason of its end
   * @param before the same directory as it was
   */
  public DirectoryNodes writeStretches(List<? extends Stretch> stretches, DirectoryNodes before) {
    Leaves leaves = new Leaves(before);
    stretches.forEach(leaves::add);
    List<StoredNode> level = leaves.end();
    List<StoredNode> all = new ArrayList<>(level);
    for (int height = 1; level.size() > 1; height++) {
      level = writeBranches(height, level, before);
      all.addAll(level);
    }
    return new DirectoryNodes(all);
  }

  /** The leaves of a directory, which is added from its start to its end. */
  private final class Leaves {
    private final DirectoryNodes before;
    private final List<StoredNode> done = new ArrayList<>();
    private final List<Entry> open = new ArrayList<>();
    private long bytes;

    Leaves(DirectoryNodes before) {
      this.before = before;
    }

    void add(Stretch stretch) {
      Optional<StoredNode> leaf = stretch.leaf();
      if (leaf.isPresent() && open.isEmpty()) {
        done.add(leaf.get());
      } else {
        stretch.entries().forEach(this::add);
      }
    }

    private void add(Entry entry) {
      open.add(entry);
      bytes += weight(entry);
      if (NodeBoundary.after(entry.name(), open.size(), bytes)) {
        cut();
      }
    }

    private void cut() {
      done.add(store(new Node.Leaf(open), before));
      open.clear();
      bytes = 0;
    }

    List<StoredNode> end() {
      if (!open.isEmpty() || done.isEmpty()) {
        cut();
      }
      return done;
    }
  }

  private static long weight(Entry entry) {
    long attributes =
        entry.metadata().attributes().stream()
            .mapToLong(attribute -> attribute.name().length() + attribute.value().length())
            .sum();
    return ENTRY_BYTES + entry.name().length() + attributes + weight(entry.body());
  }

  private static long weight(Body body) {
    return switch (body) {
      case Body.RegularFile file -> weight(file.recipe());
      case Body.SymbolicLink link -> link.target().length();
      default -> 0;
    };
  }

  private static long weight(Recipe recipe) {
    return switch (recipe) {
      case Recipe.Direct direct -> direct.segments().stream().mapToLong(TreeWriter::weight).sum();
      case Recipe.Indirect indirect -> (long) CHUNK_BYTES * indirect.parts().size();
    };
  }

  private static long weight(Segment segment) {
    return segment instanceof Segment.Base64 base64
        ? (long) CHUNK_BYTES * base64.chunks().size()
        : CHUNK_BYTES;
  }

  private List<StoredNode> writeBranches(
      int height, List<StoredNode> below, DirectoryNodes before) {
    List<StoredNode> branches = new ArrayList<>();
    List<Node.Child> children = new ArrayList<>();
    for (StoredNode node : below) {
      children.add(new Node.Child(node.first(), node.id()));
      if (NodeBoundary.after(node.first(), children.size(), 0)) {
        branches.add(store(new Node.Branch(height, children), before));
        children.clear();
      }
    }
    if (!children.isEmpty()) {
      branches.add(store(new Node.Branch(height, children), before));
    }
    return branches;
  }

  private StoredNode store(Node node, DirectoryNodes before) {
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
    return stored;
  }

  private static FileName first(Node.Leaf leaf) {
    return leaf.entries().isEmpty() ? FileName.of(new byte[0]) : leaf.entries().getFirst().name();
  }
}
