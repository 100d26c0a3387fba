package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** Each finds a message with a chance of a half where it is renamed all the time. */
  private static final int CHASES = 32;

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

  /** Tells messages apart: two files may have one unique name, and one file two names. */
  private record Identity(FileName base, long inode, FileName linkedName) {
    private static final FileName ONE_LINK = FileName.of(new byte[0]);

    static Identity of(Found found) {
      return new Identity(
          MessageName.of(found.name()).baseName(),
          found.stat().inode(),
          found.stat().links() > 1 ? found.name() : ONE_LINK);
    }
  }

  /** A name that was listed, and was no more when its status was asked for. */
  private record Missed(FileName base, long inode) {
    static Missed of(FileName name, long inode) {
      return new Missed(MessageName.of(name).baseName(), inode);
    }
  }

  /**
   * What is in a directory of messages, each message once, under the name that was seen last.
   * Whether a message is gone that was seen once and not again turns out when it is read.
   */
  static List<Found> readMessages(Directory directory) {
    Map<Identity, Found> seen = new LinkedHashMap<>();
    Set<Missed> missed = new HashSet<>();
    FileStat before = directory.stat();
    for (int attempt = 1; ; attempt++) {
      for (DirectoryEntry entry : directory.list()) {
        add(directory, entry, seen, missed);
      }
      FileStat after = directory.stat();
      if (sameTimes(before, after) || attempt == ATTEMPTS) {
        break;
      }
      before = after;
    }
    if (!missed.isEmpty()) {
      seen.values().forEach(found -> missed.remove(Missed.of(found.name(), found.stat().inode())));
      chase(directory, seen, missed);
    }
    return List.copyOf(seen.values());
  }

  private static void add(
      Directory directory, DirectoryEntry entry, Map<Identity, Found> seen, Set<Missed> missed) {
    Optional<FileStat> stat = directory.statIfPresent(entry.name());
    if (stat.isPresent()) {
      Found found = new Found(entry.name(), stat.get());
      seen.put(Identity.of(found), found);
      if (!missed.isEmpty()) {
        missed.remove(Missed.of(entry.name(), entry.inode()));
      }
    } else {
      missed.add(Missed.of(entry.name(), entry.inode()));
    }
  }

  /**
   * Looks for messages that had another name each time: a busy machine lets so much time pass
   * between name and status. Ends when two listings in a row have none of them.
   */
  private static void chase(Directory directory, Map<Identity, Found> seen, Set<Missed> missed) {
    int without = 0;
    for (int round = 0; round < CHASES && !missed.isEmpty() && without < 2; round++) {
      List<DirectoryEntry> again =
          directory.list().stream()
              .filter(entry -> missed.contains(Missed.of(entry.name(), entry.inode())))
              .toList();
      again.forEach(entry -> add(directory, entry, seen, missed));
      without = again.isEmpty() ? without + 1 : 0;
    }
  }

  /** Whether nothing was added, removed or renamed between the two, as far as times can tell. */
  static boolean sameTimes(FileStat a, FileStat b) {
    return a.mtimeSeconds() == b.mtimeSeconds()
        && a.mtimeNanos() == b.mtimeNanos()
        && a.ctimeSeconds() == b.ctimeSeconds()
        && a.ctimeNanos() == b.ctimeNanos();
  }

  /**
   * The name that a message has now, found by the unique part of its name and its inode. Looked for
   * twice, for a listing may miss what is renamed during it.
   */
  static Optional<FileName> renamed(Directory directory, FileName name, long inode) {
    return listed(directory, name, inode).or(() -> listed(directory, name, inode));
  }

  private static Optional<FileName> listed(Directory directory, FileName name, long inode) {
    return directory.list().stream()
        .filter(other -> other.inode() == inode && MessageName.sameBase(other.name(), name))
        .map(DirectoryEntry::name)
        .findFirst();
  }
}
