package org.mailkeep.engine.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;

/** The files of a host, found by patterns and under their real names. */
final class HostTree {

  /** As many links as Linux follows in one path; path_resolution(7). */
  private static final int MOST_LINKS = 40;

  private static final int LARGEST_FILE = 64 << 20;

  private final RawPath root;

  /**
   * @param root where the host's root directory is here
   */
  HostTree(RawPath root) {
    this.root = root;
  }

  /** A text in which no character has a meaning for {@link #find}. */
  static String plain(String text) {
    return text.replaceAll("[\\\\*?\\[]", "\\\\$0");
  }

  /** What this absolute pattern fits, and the links that lead there. */
  Set<RawPath> find(String pattern) {
    return walk(Step.of(RawPath.of(pattern), false));
  }

  /** What has this path, and the links that lead there. */
  Set<RawPath> findPlain(RawPath path) {
    return walk(Step.of(path, true));
  }

  private Set<RawPath> walk(List<Step> steps) {
    Walk walk = new Walk();
    walk.go(RawPath.ROOT, steps, 0);
    return walk.found;
  }

  /** The content of a regular file, links followed; nothing where there is none. */
  byte[] read(RawPath path) {
    Optional<RawPath> real = findPlain(path).stream().filter(this::isRegularFile).findFirst();
    if (real.isEmpty()) {
      return new byte[0];
    }
    try (Directory directory = open(real.get().parent());
        Input file = directory.openFile(real.get().names().getLast())) {
      return file.readAll(LARGEST_FILE)
          .orElseThrow(
              () ->
                  new RefusedException(
                      real.get() + " is too long to be read for a profile",
                      "Name the folders yourself."));
    }
  }

  private boolean isRegularFile(RawPath path) {
    List<FileName> names = path.names();
    if (names.isEmpty()) {
      return false;
    }
    try (Directory directory = open(path.parent())) {
      return directory.statIfPresent(names.getLast()).stream()
          .anyMatch(stat -> stat.type() == FileType.REGULAR);
    }
  }

  private Directory open(RawPath path) {
    return Directory.open(root.resolve(path));
  }

  /**
   * A name on the way.
   *
   * @param pattern what other names may stand there; empty where only this one may
   */
  private record Step(FileName name, Optional<PathPattern> pattern) {
    static List<Step> of(RawPath path, boolean plain) {
      return path.names().stream().map(name -> of(name, plain)).toList();
    }

    private static Step of(FileName name, boolean plain) {
      boolean exact = plain || name.text().chars().noneMatch(c -> "\\*?[".indexOf(c) >= 0);
      return new Step(name, exact ? Optional.empty() : Optional.of(PathPattern.of(name.text())));
    }

    /** The names in a directory that may stand here, in order; the own one whether there or not. */
    List<FileName> fitting(Directory directory) {
      return pattern.isEmpty()
          ? List.of(name)
          : directory.list().stream()
              .map(DirectoryEntry::name)
              .filter(other -> name.at(0) == '.' || other.at(0) != '.')
              .filter(pattern.get()::matchesName)
              .sorted()
              .toList();
    }
  }

  /** Goes down all the ways that there are. */
  private final class Walk {
    private final Set<RawPath> found = new LinkedHashSet<>();

    /**
     * @param at where the walk is: a real path
     * @param links how many links led there
     */
    void go(RawPath at, List<Step> ahead, int links) {
      if (ahead.isEmpty()) {
        found.add(at);
        return;
      }
      Step next = ahead.getFirst();
      List<Step> rest = ahead.subList(1, ahead.size());
      if (next.name().is("..")) {
        go(at.parent(), rest, links);
        return;
      }
      try (Directory directory = open(at)) {
        for (FileName name : next.fitting(directory)) {
          step(directory, at.resolve(name), at, rest, links);
        }
      } catch (SystemCallException e) {
        if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
    }

    private void step(Directory directory, RawPath path, RawPath at, List<Step> rest, int links) {
      FileName name = path.names().getLast();
      Optional<FileStat> stat = directory.statIfPresent(name);
      if (stat.isEmpty()) {
        return;
      }
      if (stat.get().type() != FileType.SYMLINK) {
        go(path, rest, links);
        return;
      }
      found.add(path);
      if (links < MOST_LINKS) {
        RawPath target = RawPath.of(directory.readLink(name));
        List<Step> ahead = new ArrayList<>(Step.of(target, true));
        ahead.addAll(rest);
        go(target.isAbsolute() ? RawPath.ROOT : at, ahead, links + 1);
      }
    }
  }
}
