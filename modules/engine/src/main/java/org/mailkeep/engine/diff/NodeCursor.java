package org.mailkeep.engine.diff;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.tree.TreeReader;

/**
 * A place in a directory, before an entry or before a whole node that has not been read. Moves from
 * left to right; holds one branch a level and one leaf. Names out of order, which a forged tree may
 * have, are refused.
 */
final class NodeCursor {

  private static final FileName BEFORE_ALL = FileName.of(new byte[0]);

  private static final class Row {
    private final int level;
    private final List<Node.Child> children;
    private int at;

    Row(Node.Branch branch) {
      level = branch.level();
      children = branch.children();
    }
  }

  private final TreeReader reader;
  private final Deque<Row> rows = new ArrayDeque<>();
  private List<Entry> leaf = List.of();
  private int at;
  private FileName last = BEFORE_ALL;

  /** Stands before the first entry of the directory with this root. */
  NodeCursor(TreeReader reader, ChunkId root) {
    this.reader = reader;
    switch (reader.node(root)) {
      case Node.Leaf found -> leaf = found.entries();
      case Node.Branch branch -> rows.push(new Row(branch));
    }
  }

  /** Whether all has been passed. */
  boolean isDone() {
    return at == leaf.size() && rows.isEmpty();
  }

  /** Whether a node comes next; an entry otherwise. */
  boolean isNode() {
    return at == leaf.size();
  }

  /** The name of the next entry, or the first one in the next node. */
  FileName name() {
    return isNode() ? child().first() : entry().name();
  }

  /** The next entry. */
  Entry entry() {
    return leaf.get(at);
  }

  /** The next node. */
  ChunkId node() {
    return child().id();
  }

  /** How high the next node is: 0 for a leaf. */
  int level() {
    return rows.element().level - 1;
  }

  private Node.Child child() {
    Row row = rows.element();
    return row.children.get(row.at);
  }

  /** Passes the next entry or node. */
  void pass() {
    FileName name = name();
    if (isNode()) {
      rows.element().at++;
    } else {
      at++;
    }
    moveOn(name);
  }

  /** Goes into the next node. */
  void enter() {
    Node.Child child = child();
    int level = level();
    rows.element().at++;
    switch (reader.node(child.id())) {
      case Node.Leaf found -> {
        if (level != 0 || found.entries().isEmpty() || !begins(child, found.entries().getFirst())) {
          throw misplaced(child);
        }
        leaf = found.entries();
        at = 0;
      }
      case Node.Branch branch -> {
        if (branch.level() != level
            || !branch.children().getFirst().first().equals(child.first())) {
          throw misplaced(child);
        }
        rows.push(new Row(branch));
      }
    }
  }

  private static boolean begins(Node.Child child, Entry entry) {
    return child.first().equals(entry.name());
  }

  private static DamagedException misplaced(Node.Child child) {
    return new DamagedException("tree node " + child.id(), "it is not what the one above says");
  }

  private void moveOn(FileName passed) {
    if (passed.compareTo(last) < 0) {
      throw new DamagedException("tree entry " + passed, "it is out of order");
    }
    last = passed;
    while (isNode() && !rows.isEmpty() && rows.element().at == rows.element().children.size()) {
      rows.pop();
    }
    if (!isDone() && name().compareTo(last) <= 0) {
      throw new DamagedException("tree entry " + name(), "it is out of order");
    }
  }
}
