package org.mailkeep.repository.tree;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.tree.Entry;

/** Some neighbouring entries of a directory that is written. */
public interface Stretch {

  /**
   * The leaf of the directory as it was that has just these entries, if they are still between the
   * same neighbours; empty where there is none.
   */
  Optional<StoredNode> leaf();

  /** The entries, sorted by name. Those of a leaf are asked for only where it cannot stay. */
  List<Entry> entries();

  /** Entries of no leaf. */
  static Stretch of(List<Entry> entries) {
    return new Stretch() {
      @Override
      public Optional<StoredNode> leaf() {
        return Optional.empty();
      }

      @Override
      public List<Entry> entries() {
        return entries;
      }
    };
  }
}
