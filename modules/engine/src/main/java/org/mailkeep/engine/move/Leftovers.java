package org.mailkeep.engine.move;

import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileType;

/** Files that a killed run had not yet given their names, in a folder that only moves filled. */
final class Leftovers {

  private static final String PREFIX = ".mailkeep-";

  private Leftovers() {}

  /** Removes them, with all depth. */
  static void remove(Directory folder) {
    for (DirectoryEntry entry : folder.list()) {
      if (typeOf(folder, entry) == FileType.DIRECTORY) {
        try (Directory below = folder.openDirectory(entry.name())) {
          remove(below);
        }
      } else if (entry.name().startsWith(PREFIX) && !entry.name().equals(HeldFolder.MARK)) {
        folder.unlink(entry.name());
      }
    }
  }

  private static FileType typeOf(Directory folder, DirectoryEntry entry) {
    FileType listed = entry.type();
    return listed != null ? listed : folder.stat(entry.name()).type();
  }
}
