package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileType;

/**
 * Goes through what is wanted and what the target has, and counts. Nothing is kept but counts and
 * the first few obstacles, so a plan for any store fits in memory.
 */
final class RestorePlan {

  private static final int EXAMPLES = 10;

  private final SnapshotTree tree;
  private final Selection selection;
  private final List<RawPath> existing = new ArrayList<>();
  private final List<RawPath> obstacles = new ArrayList<>();
  private long files;
  private long directories;
  private long bytes;
  private long existingCount;
  private long obstacleCount;
  private boolean damaged;
  private final Set<Integer> users = new TreeSet<>();
  private final Set<Integer> groups = new TreeSet<>();

  RestorePlan(SnapshotTree tree, Selection selection) {
    this.tree = tree;
    this.selection = selection;
  }

  /**
   * What a restore will do.
   *
   * @param files entries that are no directories
   * @param bytes their content
   * @param existing how many of them are there already, and examples
   * @param obstacles how many names are taken by something that cannot be shared or replaced: a
   *     file or link where a directory must be, a directory where a file must be
   * @param users the numbers of the users that own what is restored
   * @param groups the numbers of the groups
   * @param damaged whether some of the tree cannot be read, so that there is more than is counted
   */
  record Summary(
      long files,
      long directories,
      long bytes,
      Taken existing,
      Taken obstacles,
      Set<Integer> users,
      Set<Integer> groups,
      boolean damaged) {
    Summary {
      users = Set.copyOf(users);
      groups = Set.copyOf(groups);
    }
  }

  /** Names that are taken. */
  record Taken(long count, List<RawPath> examples) {
    Taken {
      examples = List.copyOf(examples);
    }
  }

  Summary make(Optional<Directory> target) {
    walk(tree.root(), target, false);
    return new Summary(
        files,
        directories,
        bytes,
        new Taken(existingCount, existing),
        new Taken(obstacleCount, obstacles),
        users,
        groups,
        damaged);
  }

  private void walk(SnapshotTree.Found found, Optional<Directory> target, boolean above) {
    try {
      if (found.entry().body() instanceof Body.Directory body) {
        for (Entry entry : tree.entries(body)) {
          visit(new SnapshotTree.Found(found.path().resolve(entry.name()), entry), target, above);
        }
      }
    } catch (DamagedException e) {
      // The restore itself meets the damage again, and reports it.
      damaged = true;
    }
  }

  private void visit(SnapshotTree.Found found, Optional<Directory> target, boolean above) {
    if (!selection.mayContain(found.path())) {
      return;
    }
    boolean wanted = selection.wants(found.path(), above);
    if (found.entry().body() instanceof Body.Directory) {
      long before = files + directories;
      directories += wanted ? 1 : 0;
      try (Below below = Below.of(target, found.entry().name())) {
        walk(found, below.directory, wanted);
        if (files + directories > before) {
          owner(found.entry());
        }
        // A directory that is not wanted itself must be there for what is wanted in it.
        if (below.isObstacle && files + directories > before) {
          obstacle(found.path());
        }
      }
    } else if (wanted) {
      count(found.entry(), found.path(), target);
    }
  }

  private void count(Entry entry, RawPath path, Optional<Directory> target) {
    owner(entry);
    files++;
    bytes += entry.size();
    target
        .flatMap(directory -> directory.statIfPresent(entry.name()))
        .ifPresent(
            stat -> {
              if (stat.type() == FileType.DIRECTORY) {
                obstacle(path);
              } else {
                existingCount++;
                addExample(existing, path);
              }
            });
  }

  private void owner(Entry entry) {
    users.add(entry.metadata().uid());
    groups.add(entry.metadata().gid());
  }

  private void obstacle(RawPath path) {
    obstacleCount++;
    addExample(obstacles, path);
  }

  private static void addExample(List<RawPath> examples, RawPath path) {
    if (examples.size() < EXAMPLES) {
      examples.add(path);
    }
  }

  /** The target's directory of a name, if it has one. */
  private static final class Below implements AutoCloseable {
    private final Optional<Directory> directory;
    private final boolean isObstacle;

    private Below(Optional<Directory> directory, boolean isObstacle) {
      this.directory = directory;
      this.isObstacle = isObstacle;
    }

    static Below of(Optional<Directory> target, FileName name) {
      if (target.isEmpty()) {
        return new Below(Optional.empty(), false);
      }
      try {
        return new Below(target.get().openDirectoryIfPresent(name), false);
      } catch (SystemCallException e) {
        if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
          return new Below(Optional.empty(), true);
        }
        throw e;
      }
    }

    @Override
    public void close() {
      directory.ifPresent(Directory::close);
    }
  }
}
