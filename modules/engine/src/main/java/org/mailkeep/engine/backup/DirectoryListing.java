package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * What is in a directory, with status. A mail server renames while we list, and readdir(3) may then
 * miss a name or give it twice; so a directory that changed meanwhile is listed again, and a
 * message counts as gone only when neither its name nor its unique name is found any more.
 */
final class DirectoryListing {

  private static final int ATTEMPTS = 4;

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
  static Split split(Directory directory) {
    List<Found> directories = new ArrayList<>();
    List<FileName> others = new ArrayList<>();
    for (DirectoryEntry entry : directory.list()) {
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

  /** What is in a directory of messages, each message once. */
  static List<Found> readMessages(Directory directory) {
    Map<FileName, Found> byBase = new HashMap<>();
    FileStat before = directory.stat();
    for (int attempt = 1; ; attempt++) {
      List<Found> listed = read(directory);
      Map<FileName, Found> missing = new HashMap<>(byBase);
      for (Found found : listed) {
        FileName base = MessageName.of(found.name()).baseName();
        byBase.put(base, found);
        missing.remove(base);
      }
      // Names seen earlier and not now: the second listing may have missed them, not the first.
      missing.forEach(
          (base, found) -> {
            if (directory.statIfPresent(found.name()).isEmpty()) {
              byBase.remove(base);
            }
          });
      FileStat after = directory.stat();
      if (sameTimes(before, after) || attempt == ATTEMPTS) {
        return new ArrayList<>(byBase.values());
      }
      before = after;
    }
  }

  private static boolean sameTimes(FileStat a, FileStat b) {
    return a.mtimeSeconds() == b.mtimeSeconds()
        && a.mtimeNanos() == b.mtimeNanos()
        && a.ctimeSeconds() == b.ctimeSeconds()
        && a.ctimeNanos() == b.ctimeNanos();
  }

  /** The name that a message has now, found by the unique part of its name. */
  static Optional<FileName> renamed(Directory directory, FileName name) {
    return directory.list().stream()
        .map(DirectoryEntry::name)
        .filter(other -> !other.equals(name) && MessageName.sameBase(other, name))
        .findFirst();
  }
}
