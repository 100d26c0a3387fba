package org.mailkeep.engine.find;

import org.mailkeep.model.tree.Body;

/** The types of file that a search can be limited to. */
public enum FoundType {
  /** Regular files. */
  FILE,
  /** Directories. */
  DIRECTORY,
  /** Symbolic links. */
  SYMBOLIC_LINK;

  boolean is(Body body) {
    return switch (this) {
      case FILE -> body instanceof Body.RegularFile;
      case DIRECTORY -> body instanceof Body.Directory;
      case SYMBOLIC_LINK -> body instanceof Body.SymbolicLink;
    };
  }
}
