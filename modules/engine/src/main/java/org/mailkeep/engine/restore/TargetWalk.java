package org.mailkeep.engine.restore;

import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.error.UnreadableException;

/** Goes through what is wanted and what the target has in its places. For one thread. */
final class TargetWalk {

  private final WantedTree tree;
  private final Visitor visitor;
  private final Cancellation cancellation;

  private TargetWalk(WantedTree tree, Visitor visitor, Cancellation cancellation) {
    this.tree = tree;
    this.visitor = visitor;
    this.cancellation = cancellation;
  }

  /** Is shown the wanted tree beside the target. */
  interface Visitor {
    /**
     * A directory, before what is in it. One that is not wanted as a whole may turn out to lead to
     * nothing.
     */
    void enter(Wanted directory, TargetFolder folder);

    /**
     * Something that is no directory and is wanted.
     *
     * @param folder what the target has of the directory that it belongs in
     */
    void file(Wanted file, TargetFolder folder);

    /** A directory of which all was shown. */
    void leave(Wanted directory, TargetFolder folder);

    /** The rest of a directory cannot be read from the repository. */
    void damaged(Wanted directory, UnreadableException damage);
  }

  /** Shows all that is wanted but the target itself. */
  static void run(
      WantedTree tree, TargetFolder target, Visitor visitor, Cancellation cancellation) {
    new TargetWalk(tree, visitor, cancellation).walk(tree.base(), target);
  }

  private void walk(Wanted directory, TargetFolder folder) {
    cancellation.check();
    try {
      for (Wanted entry : tree.entries(directory)) {
        if (entry.isDirectory()) {
          visit(entry, folder);
        } else {
          visitor.file(entry, folder);
        }
      }
    } catch (UnreadableException e) {
      visitor.damaged(directory, e);
    }
  }

  private void visit(Wanted directory, TargetFolder above) {
    try (TargetFolder folder = above.below(directory.entry().name())) {
      visitor.enter(directory, folder);
      walk(directory, folder);
      visitor.leave(directory, folder);
    }
  }
}
