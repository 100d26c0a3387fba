package org.mailkeep.engine.restore;

import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;

/** Hands what is wanted to a window, in the order of the tree, and makes directories for it. */
final class RestoreWalk {

  private final WantedTree tree;
  private final RestoreWindow window;
  private final RestoreLog log;

  RestoreWalk(WantedTree tree, RestoreWindow window, RestoreLog log) {
    this.tree = tree;
    this.window = window;
    this.log = log;
  }

  /** A directory of which a node is damaged, or a part cannot be made, still gives the rest. */
  void walk(RestoredDirectory directory) {
    Wanted wanted = directory.wanted();
    try {
      for (Wanted entry : tree.entries(wanted)) {
        if (entry.isDirectory()) {
          visit(directory.below(entry));
        } else {
          window.add(new FileJob(directory.open(), entry.path(), entry.entry()));
        }
      }
    } catch (UnreadableException e) {
      log.problem(wanted.path(), "not all of it restored: " + e.getMessage());
    } catch (SystemCallException e) {
      if (FileWriting.isHopeless(e)) {
        throw e;
      }
      log.problem(wanted.path(), "not all of it restored: " + e.getMessage());
    }
  }

  private void visit(RestoredDirectory directory) {
    if (!directory.wanted().whole() || isMade(directory)) {
      walk(directory);
      window.finish(directory);
    }
  }

  private boolean isMade(RestoredDirectory directory) {
    try {
      var _ = directory.open();
      return true;
    } catch (SystemCallException e) {
      if (FileWriting.isHopeless(e)) {
        throw e;
      }
      log.problem(directory.wanted().path(), "not restored, nor what is in it: " + e.problem());
      return false;
    }
  }
}
