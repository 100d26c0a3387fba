package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;

/** A directory of the target as it is, which need not be there. Makes nothing. */
final class TargetFolder implements AutoCloseable {

  private static final TargetFolder ABSENT = new TargetFolder(Optional.empty(), false);

  private final Optional<Directory> directory;
  private final boolean taken;

  private TargetFolder(Optional<Directory> directory, boolean taken) {
    this.directory = directory;
    this.taken = taken;
  }

  /** The target itself, by the user's path, in which links are followed. */
  static TargetFolder open(RawPath path) {
    try {
      return new TargetFolder(Optional.of(Directory.open(path)), false);
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return ABSENT;
      }
      throw e;
    }
  }

  /** An open directory, which is closed with this. */
  static TargetFolder of(Directory directory) {
    return new TargetFolder(Optional.of(directory), false);
  }

  /** A directory in this one, never through a link. */
  TargetFolder below(FileName name) {
    return directory.map(open -> in(open, name)).orElse(ABSENT);
  }

  /** A directory in an open one, never through a link. */
  static TargetFolder in(Directory above, FileName name) {
    try {
      return new TargetFolder(above.openDirectoryIfPresent(name), false);
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
        return new TargetFolder(Optional.empty(), true);
      }
      throw e;
    }
  }

  /** The open directory, if it is there. */
  Optional<Directory> directory() {
    return directory;
  }

  /** Whether something that is no directory has its name. */
  boolean isTaken() {
    return taken;
  }

  Optional<FileStat> stat(FileName name) {
    return directory.flatMap(open -> open.statIfPresent(name));
  }

  @Override
  public void close() {
    directory.ifPresent(Directory::close);
  }
}
