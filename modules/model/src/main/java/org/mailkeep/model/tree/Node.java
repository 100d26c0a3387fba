package org.mailkeep.model.tree;

import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;

/** A piece of a directory. */
public sealed interface Node {

  /**
   * Some neighbouring entries.
   *
   * @param entries sorted by name, none twice
   */
  record Leaf(List<Entry> entries) implements Node {
    /** Copies the list. */
    public Leaf {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Nodes one level below.
   *
   * @param level 1 above leaves
   * @param children in the order of their names, at least one
   */
  record Branch(int level, List<Child> children) implements Node {
    /** More levels than any directory can need. */
    public static final int MAX_LEVEL = 12;

    /** Copies the list. */
    public Branch {
      children = List.copyOf(children);
    }
  }

  /**
   * A node below a branch.
   *
   * @param first the first name in it
   * @param id the node
   */
  record Child(FileName first, ChunkId id) {}
}
