package org.mailkeep.engine.queue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;

/** A queue by paths below it. No link in it is followed. */
final class QueueTree {

  private final Directory queue;

  /**
   * @param queue stays the caller's
   */
  QueueTree(Directory queue) {
    this.queue = queue;
  }

  Directory directory() {
    return queue;
  }

  Optional<FileStat> stat(RawPath path) {
    return in(parent(path), folder -> folder.statIfPresent(name(path)));
  }

  /** What is in a folder; nothing where it is missing. */
  List<DirectoryEntry> list(RawPath folder) {
    return in(folder.names(), directory -> Optional.of(directory.list())).orElse(List.of());
  }

  /** The directory that a path is in, to be closed by the caller. */
  Directory parentOf(RawPath path) {
    return open(parent(path));
  }

  /** Moves a file; EEXIST where the new name is taken. */
  void rename(RawPath from, RawPath to) {
    try (Directory source = parentOf(from);
        Directory target = parentOf(to)) {
      source.renameNoReplace(name(from), target, name(to));
    }
  }

  void unlink(RawPath path) {
    try (Directory folder = parentOf(path)) {
      folder.unlink(name(path));
    }
  }

  void own(RawPath path, int uid, int gid, int mode) {
    try (Directory folder = parentOf(path)) {
      folder.owner(name(path), uid, gid);
      folder.mode(name(path), mode);
    }
  }

  private static FileName name(RawPath path) {
    return path.names().getLast();
  }

  private static List<FileName> parent(RawPath path) {
    List<FileName> names = path.names();
    return names.subList(0, names.size() - 1);
  }

  private Directory open(List<FileName> names) {
    Directory directory = queue.duplicate();
    for (FileName name : names) {
      try (Directory above = directory) {
        directory = above.openDirectory(name);
      }
    }
    return directory;
  }

  /** Asks a folder something; empty where there is none, or it is something else. */
  private <T> Optional<T> in(List<FileName> names, Function<Directory, Optional<T>> question) {
    try (Directory directory = open(names)) {
      return question.apply(directory);
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A number as qmail writes it: decimal, unsigned 64 bits, no leading zero. */
  static OptionalLong number(FileName name) {
    String text = name.text();
    if (text.length() > 20 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseUnsignedLong(text);
      return Long.toUnsignedString(value).equals(text)
          ? OptionalLong.of(value)
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
