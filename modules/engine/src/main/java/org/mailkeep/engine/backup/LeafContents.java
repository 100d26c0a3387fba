package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.repository.tree.StoredNode;

/** Shares out the content of a directory to the leaves that were made of it, from the first on. */
final class LeafContents {

  private final List<DirectoryContent.Part> parts;
  private int part;

  /** How many entries of the part are shared out. */
  private int used;

  LeafContents(DirectoryContent content) {
    this.parts = content.parts();
  }

  /** The leaf that stayed and is the next one; empty where the next one is made of entries. */
  Optional<KnownLeaf> same(StoredNode leaf) {
    skipEmpty();
    if (used > 0 || part == parts.size()) {
      return Optional.empty();
    }
    Optional<KnownLeaf> same =
        parts.get(part).same().filter(known -> known.node().id().equals(leaf.id()));
    same.ifPresent(_ -> part++);
    return same;
  }

  /** The next entries, so many. */
  List<Scanned> next(int count) {
    List<Scanned> entries = new ArrayList<>(count);
    while (entries.size() < count) {
      skipEmpty();
      List<Scanned> here = parts.get(part).scanned();
      int end = Math.min(here.size(), used + count - entries.size());
      entries.addAll(here.subList(used, end));
      used = end;
      if (used == here.size()) {
        part++;
        used = 0;
      }
    }
    return entries;
  }

  private void skipEmpty() {
    while (part < parts.size()
        && parts.get(part).same().isEmpty()
        && parts.get(part).scanned().isEmpty()) {
      part++;
    }
  }
}
