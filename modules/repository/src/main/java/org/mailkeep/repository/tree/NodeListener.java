package org.mailkeep.repository.tree;

/**
 * Is told of the nodes of a directory while it is written: leaves in their order, then branches.
 */
public interface NodeListener {

  /** Keeps the bytes of all nodes at hand. */
  NodeListener HOLDING = node -> node;

  /** Keeps no bytes: nothing will be the difference to these nodes. */
  NodeListener FORGETTING = StoredNode::withoutBytes;

  /**
   * A node was written.
   *
   * @param node it, with its bytes
   * @return the same node for the list of all; a large directory's should not hold its bytes
   */
  StoredNode written(StoredNode node);
}
