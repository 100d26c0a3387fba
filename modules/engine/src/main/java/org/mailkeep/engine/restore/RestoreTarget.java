package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.mail.store.QueueShape;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/**
 * The folder that is restored to.
 *
 * @param path the user's word: links on the way to it are followed
 * @param base the directory of the snapshot that it stands for
 */
record RestoreTarget(RawPath path, RawPath base) {

  private static final int NEW_TARGET = 0755;

  /** Opens it, made where it is missing. */
  Directory open() {
    Directory current = Directory.open(path.isAbsolute() ? RawPath.ROOT : RawPath.of("."));
    for (FileName name : path.names()) {
      try (Directory above = current) {
        try {
          above.makeDirectory(name, NEW_TARGET);
        } catch (SystemCallException e) {
          if (e.errno() != Errno.EEXIST) {
            throw e;
          }
        }
        current = Directory.open(above.path().resolve(name));
      }
    }
    return current;
  }

  /** Whether a queue of qmail's is, or is mounted or linked, where the snapshot has this path. */
  boolean hasQueue(RawPath inSnapshot) {
    if (!inSnapshot.startsWith(base)) {
      return false;
    }
    List<FileName> names = inSnapshot.names();
    RawPath queue = path;
    for (FileName name : names.subList(base.names().size(), names.size())) {
      queue = queue.resolve(name);
    }
    try (Directory directory = Directory.open(queue)) {
      return QueueShape.of(new ListedDirectory(directory, directory.list())).isPresent();
    } catch (SystemCallException e) {
      return false;
    }
  }
}
