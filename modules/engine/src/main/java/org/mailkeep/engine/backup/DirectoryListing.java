package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/** What is in a directory, with status. */
final class DirectoryListing {

  private DirectoryListing() {}

  /** A name with its status. */
  record Found(FileName name, FileStat stat) {}

  /** What is in a directory of any kind. */
  static List<Found> read(Directory directory) {
    List<Found> found = new ArrayList<>();
    for (DirectoryEntry entry : directory.list()) {
      directory.statIfPresent(entry.name()).ifPresent(s -> found.add(new Found(entry.name(), s)));
    }
    return found;
  }

  /** The directories in a directory, and the names of all else. */
  record Split(List<Found> directories, List<FileName> others) {}

  /** As {@link #read}, but only directories are looked at now. */
  static Split split(Directory directory, List<DirectoryEntry> entries) {
    List<Found> directories = new ArrayList<>();
    List<FileName> others = new ArrayList<>();
    for (DirectoryEntry entry : entries) {
      if (entry.type() != null && entry.type() != FileType.DIRECTORY) {
        others.add(entry.name());
        continue;
      }
      Optional<FileStat> stat = directory.statIfPresent(entry.name());
      if (stat.isPresent() && stat.get().type() == FileType.DIRECTORY) {
        directories.add(new Found(entry.name(), stat.get()));
      } else if (stat.isPresent()) {
        others.add(entry.name());
      }
    }
    return new Split(directories, others);
  }

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
