package org.mailkeep.engine.restore;

/** Is told of every path in a plan, in the order of the tree, removals last. */
@FunctionalInterface
public interface PlanObserver {
  /** Takes the next one. */
  void entry(PlannedEntry entry);
}
