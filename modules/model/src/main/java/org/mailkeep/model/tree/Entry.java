package org.mailkeep.model.tree;

import org.mailkeep.model.FileName;

/**
 * One name in a directory.
 *
 * @param name the name, which {@link FileName#isComponent a directory can hold}
 * @param metadata owner, mode, times, attributes
 * @param body type and content
 * @param linkGroup equal and not 0 for names of one file within a snapshot (hard links); else 0
 */
public record Entry(FileName name, Metadata metadata, Body body, long linkGroup) {

  /** Checks the name. */
  public Entry {
    if (!name.isComponent()) {
      throw new IllegalArgumentException("no name for a file: " + name);
    }
  }

  /** Files in the subtree: 1, or a directory's count. */
  public long files() {
    return body instanceof Body.Directory directory ? directory.files() : 1;
  }

  /** Bytes of regular files in the subtree. */
  public long size() {
    return switch (body) {
      case Body.RegularFile file -> file.size();
      case Body.Directory directory -> directory.size();
      default -> 0;
    };
  }
}
