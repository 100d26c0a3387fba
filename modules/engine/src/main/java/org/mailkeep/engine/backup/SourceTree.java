package org.mailkeep.engine.backup;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * The sources as one tree from the root down: which directories only lead to sources, and what is a
 * source itself.
 */
final class SourceTree {

  private final Map<FileName, SourceTree> children = new TreeMap<>();
  private boolean source;

  private SourceTree() {}

  /** The tree of these absolute paths; one below another is part of it. */
  static SourceTree of(List<RawPath> sources) {
    SourceTree root = new SourceTree();
    for (RawPath path : sources) {
      SourceTree node = root;
      for (FileName name : path.names()) {
        node = node.children.computeIfAbsent(name, _ -> new SourceTree());
      }
      node.source = true;
    }
    return root;
  }

  /** Whether all that is here is to be backed up. */
  boolean isSource() {
    return source;
  }

  Collection<FileName> names() {
    return children.keySet();
  }

  SourceTree child(FileName name) {
    return java.util.Objects.requireNonNull(children.get(name));
  }
}
