package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/**
 * A directory on its way back. It is made, or opened if it is there, when the first thing in it is
 * wanted, and gets its metadata when all in it is done. For the planning thread; what {@link #open}
 * gives may be used by all.
 */
final class RestoredDirectory implements AutoCloseable {

  /** Only its owner may look in while it is being filled. */
  private static final int UNFINISHED = 0700;

  private final Optional<RestoredDirectory> parent;
  private final RawPath path;
  private final Entry entry;
  private final boolean wanted;
  private Optional<Directory> directory;
  private boolean made;

  private RestoredDirectory(
      Optional<RestoredDirectory> parent,
      RawPath path,
      Entry entry,
      boolean wanted,
      Optional<Directory> directory) {
    this.parent = parent;
    this.path = path;
    this.entry = entry;
    this.wanted = wanted;
    this.directory = directory;
  }

  /** The target itself, which stands for the root of the snapshot. */
  static RestoredDirectory target(Entry root, Directory target, boolean wanted) {
    return new RestoredDirectory(Optional.empty(), RawPath.ROOT, root, wanted, Optional.of(target));
  }

  /** A directory in this one. */
  RestoredDirectory below(RawPath belowPath, Entry belowEntry, boolean belowWanted) {
    return new RestoredDirectory(
        Optional.of(this), belowPath, belowEntry, belowWanted, Optional.empty());
  }

  RawPath path() {
    return path;
  }

  Entry entry() {
    return entry;
  }

  /** The open directory, made if it is missing. */
  Directory open() {
    if (directory.isEmpty()) {
      directory = Optional.of(openIn(parent.orElseThrow().open(), entry.name()));
    }
    return directory.get();
  }

  private Directory openIn(Directory above, FileName name) {
    Optional<Directory> present = above.openDirectoryIfPresent(name);
    if (present.isPresent()) {
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

  /**
   * Sets the metadata, where this restore has made or was asked for the directory. One that only
   * leads to what was backed up stays as it is where it was there before.
   */
  void finish(MetadataWriter metadata) {
    if (directory.isEmpty() || !(made || wanted)) {
      return;
    }
    if (entry.body() instanceof Body.Directory body && body.partial()) {
      if (made) {
        metadata.applyWithoutTimes(entry.metadata(), directory.get(), path);
      }
    } else {
      metadata.apply(entry.metadata(), directory.get(), path);
    }
  }

  @Override
  public void close() {
    directory.ifPresent(Directory::close);
  }
}
