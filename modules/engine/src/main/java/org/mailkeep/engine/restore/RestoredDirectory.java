package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/**
 * A directory on its way back. It is made, or opened if it is there, when the first thing in it is
 * wanted, and gets its metadata from {@link DirectoryFinish} when all in it is done. For the
 * planning thread; what {@link #open} gives may be used by all.
 */
final class RestoredDirectory implements AutoCloseable {

  /** Only its owner may look in while it is being filled. */
  private static final int UNFINISHED = 0700;

  private final Optional<RestoredDirectory> parent;
  private final Wanted wanted;
  private final WrittenFileSystems fileSystems;
  private Optional<Directory> directory;
  private boolean made;

  private RestoredDirectory(
      Optional<RestoredDirectory> parent,
      Wanted wanted,
      WrittenFileSystems fileSystems,
      Optional<Directory> directory) {
    this.parent = parent;
    this.wanted = wanted;
    this.fileSystems = fileSystems;
    this.directory = directory;
  }

  /** The target itself. */
  static RestoredDirectory target(Wanted base, Directory target, WrittenFileSystems fileSystems) {
    fileSystems.note(target);
    return new RestoredDirectory(Optional.empty(), base, fileSystems, Optional.of(target));
  }

  /** A directory in this one. */
  RestoredDirectory below(Wanted below) {
    return new RestoredDirectory(Optional.of(this), below, fileSystems, Optional.empty());
  }

  Wanted wanted() {
    return wanted;
  }

  /** Whether this restore has made it. */
  boolean isMade() {
    return made;
  }

  /** The open directory, if anything in it was wanted. */
  Optional<Directory> opened() {
    return directory;
  }

  /** The open directory, made if it is missing. */
  Directory open() {
    if (directory.isEmpty()) {
      directory = Optional.of(openIn(parent.orElseThrow().open(), wanted.entry().name()));
    }
    return directory.get();
  }

  private Directory openIn(Directory above, FileName name) {
    Optional<Directory> present = above.openDirectoryIfPresent(name);
    if (present.isPresent()) {
      fileSystems.note(present.get());
      return present.get();
    }
    try {
      above.makeDirectory(name, UNFINISHED);
      made = true;
    } catch (SystemCallException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    return above.openDirectory(name);
  }

  @Override
  public void close() {
    directory.ifPresent(Directory::close);
  }
}
