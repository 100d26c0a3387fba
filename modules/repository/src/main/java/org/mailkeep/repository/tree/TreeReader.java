package org.mailkeep.repository.tree;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.NameTest;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.pack.ChunkSource;

/** Reads directories. Safe for use by many threads. */
public final class TreeReader {

  private final ChunkSource source;

  /** Reads nodes from this source. */
  public TreeReader(ChunkSource source) {
    this.source = source;
  }

  /** The node of this id. */
  public Node node(ChunkId id) {
    return decode(id, source.read(id));
  }

  /**
   * The node of this id, unless it is a leaf with no directory and no name that passes the test.
   * Such leaves are not decoded.
   */
  public Optional<Node> node(ChunkId id, NameTest test) {
    byte[] bytes = source.read(id);
    try {
      return NodeCodec.isWorthDecoding(bytes, test)
          ? Optional.of(NodeCodec.decode(bytes))
          : Optional.empty();
    } catch (MalformedException e) {
      throw new DamagedException("tree node " + id, e.getMessage());
    }
  }

  private static Node decode(ChunkId id, byte[] bytes) {
    try {
      return NodeCodec.decode(bytes);
    } catch (MalformedException e) {
      throw new DamagedException("tree node " + id, e.getMessage());
    }
  }

  /**
   * The entries of a directory in the order of names, read leaf by leaf as they are asked for.
   *
   * @param root the directory's root node
   */
  public Iterable<Entry> entries(ChunkId root) {
    return () -> new EntryIterator(root);
  }

  /** The entry of this name in a directory. */
  public Optional<Entry> find(ChunkId root, FileName name) {
    ChunkId id = root;
    while (true) {
      switch (node(id)) {
        case Node.Branch branch -> {
          Optional<ChunkId> below = childFor(branch, name);
          if (below.isEmpty()) {
            return Optional.empty();
          }
          id = below.get();
        }
        case Node.Leaf leaf -> {
          return leaf.entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
        }
      }
    }
  }

  /**
   * The node of a directory that has, or would have, the first name of a node of another state of
   * it, on the same level; empty where that level is not there. The one resembles the other.
   *
   * @param root the directory's root node
   */
  public Optional<ChunkId> counterpart(ChunkId root, Node node) {
    int level = node instanceof Node.Branch branch ? branch.level() : 0;
    Optional<FileName> first = first(node);
    ChunkId id = root;
    while (first.isPresent()) {
      switch (node(id)) {
        case Node.Leaf _ -> {
          return level == 0 ? Optional.of(id) : Optional.empty();
        }
        case Node.Branch branch -> {
          if (branch.level() <= level) {
            return branch.level() == level ? Optional.of(id) : Optional.empty();
          }
          id = childFor(branch, first.get()).orElse(branch.children().getFirst().id());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<FileName> first(Node node) {
    return switch (node) {
      case Node.Branch branch -> Optional.of(branch.children().getFirst().first());
      case Node.Leaf leaf -> leaf.entries().stream().findFirst().map(Entry::name);
    };
  }

  private static Optional<ChunkId> childFor(Node.Branch branch, FileName name) {
    List<FileName> firsts = branch.children().stream().map(Node.Child::first).toList();
    int place = Collections.binarySearch(firsts, name);
    int child = place >= 0 ? place : -place - 2;
    return child < 0 ? Optional.empty() : Optional.of(branch.children().get(child).id());
  }

  /**
   * Walks a directory's nodes from the left; holds one branch a level and one leaf. A forged tree
   * may have names out of order or twice, in nodes that are each in order, or lead back to itself:
   * both are refused.
   */
  private final class EntryIterator implements Iterator<Entry> {
    private record Level(int level, Iterator<Node.Child> children) {}

    private final Deque<Level> branches = new ArrayDeque<>();
    private Iterator<Entry> leaf = Collections.emptyIterator();
    private Optional<FileName> last = Optional.empty();

    EntryIterator(ChunkId root) {
      descend(root);
    }

    private void descend(ChunkId id) {
      int above = branches.isEmpty() ? Integer.MAX_VALUE : branches.element().level();
      switch (node(id)) {
        case Node.Leaf found -> {
          if (!branches.isEmpty() && above != 1) {
            throw new DamagedException("tree node " + id, "it is a leaf at the wrong level");
          }
          leaf = found.entries().iterator();
        }
        case Node.Branch branch -> {
          if (!branches.isEmpty() && branch.level() != above - 1) {
            throw new DamagedException("tree node " + id, "it is a branch of the wrong level");
          }
          branches.push(new Level(branch.level(), branch.children().iterator()));
        }
      }
    }

    @Override
    public boolean hasNext() {
      while (!leaf.hasNext() && !branches.isEmpty()) {
        if (branches.element().children().hasNext()) {
          descend(branches.element().children().next().id());
        } else {
          branches.pop();
        }
      }
      return leaf.hasNext();
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry entry = leaf.next();
      if (last.isPresent() && last.get().compareTo(entry.name()) >= 0) {
        throw new DamagedException("tree entry " + entry.name(), "it is out of order");
      }
      last = Optional.of(entry.name());
      return entry;
    }
  }
}
