package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/** Names in a directory that change while they are looked at. */
final class DirectoryListing {

  private DirectoryListing() {}

  /** A name with its status. */
  record Found(FileName name, FileStat stat) {}

  /**
   * The name that a message has now, found by the unique part of its name and its inode. Looked for
   * twice, for a listing may miss what is renamed during it.
   */
  static Optional<FileName> renamed(Directory directory, FileName name, long inode) {
    return listed(directory, name, inode).or(() -> listed(directory, name, inode));
  }

  private static Optional<FileName> listed(Directory directory, FileName name, long inode) {
    List<FileName> found = new ArrayList<>();
    directory.forEachName(
        (bytes, length, number, _) -> {
          if (number == inode && found.isEmpty()) {
            FileName other = FileName.of(bytes, 0, length);
            if (MessageName.sameBase(other, name)) {
              found.add(other);
            }
          }
        });
    return found.stream().findFirst();
  }
}
