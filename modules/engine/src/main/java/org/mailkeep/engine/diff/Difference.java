package org.mailkeep.engine.diff;

import java.util.Set;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;

/** One path that is not the same in two trees. */
public sealed interface Difference {

  /** Where it is. */
  RawPath path();

  /**
   * The first tree does not have it.
   *
   * @param path where it is
   * @param after what it is in the second
   */
  record Added(RawPath path, Entry after) implements Difference {}

  /**
   * The second tree does not have it.
   *
   * @param path where it was
   * @param before what it was in the first
   */
  record Removed(RawPath path, Entry before) implements Difference {}

  /**
   * Both have it. Where its type changed to or from a directory, what is below comes after it as
   * added or removed.
   *
   * @param path where it is
   * @param before what it was in the first tree
   * @param after what it is in the second
   * @param aspects in what the two differ, at least one
   */
  record Changed(RawPath path, Entry before, Entry after, Set<Aspect> aspects)
      implements Difference {
    /** Copies the set. */
    public Changed {
      aspects = Set.copyOf(aspects);
    }
  }
}
