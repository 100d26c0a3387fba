package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.FileType;

/**
 * Counts what is wanted and what stands in its way, before anything is written. Nothing is kept but
 * counts, owners, and the first few names.
 */
final class Preflight implements TargetWalk.Visitor {

  private static final int EXAMPLES = 10;

  private final Taken existing = new Taken();
  private final Taken obstacles = new Taken();
  private final Set<Integer> users = new TreeSet<>();
  private final Set<Integer> groups = new TreeSet<>();
  private final List<Long> countsAtEntry = new ArrayList<>();
  private long files;
  private long directories;
  private long bytes;
  private boolean damaged;

  /** Names that are taken. */
  private static final class Taken {
    private long count;
    private final List<RawPath> examples = new ArrayList<>();

    void add(RawPath path) {
      count++;
      if (examples.size() < EXAMPLES) {
        examples.add(path);
      }
    }

    String text() {
      String some =
          examples.stream().limit(3).map(RawPath::toString).collect(Collectors.joining(", "));
      return count > 3 ? some + ", …" : some;
    }
  }

  /** Looks at a whole target. */
  static Preflight of(WantedTree tree, RawPath target, Cancellation cancellation) {
    Preflight preflight = new Preflight();
    try (TargetFolder folder = TargetFolder.open(target)) {
      TargetWalk.run(tree, folder, preflight, cancellation);
    }
    return preflight;
  }

  @Override
  public void enter(Wanted directory, TargetFolder folder) {
    countsAtEntry.add(files + directories);
    directories += directory.whole() ? 1 : 0;
  }

  @Override
  public void leave(Wanted directory, TargetFolder folder) {
    if (files + directories > countsAtEntry.removeLast()) {
      owner(directory);
      // One that is not wanted itself must be there for what is wanted in it.
      if (folder.isTaken()) {
        obstacles.add(directory.path());
      }
    }
  }

  @Override
  public void file(Wanted file, TargetFolder folder) {
    owner(file);
    files++;
    bytes += file.entry().size();
    folder
        .stat(file.entry().name())
        .map(stat -> stat.type() == FileType.DIRECTORY ? obstacles : existing)
        .ifPresent(taken -> taken.add(file.path()));
  }

  @Override
  public void damaged(Wanted directory, UnreadableException damage) {
    // The restore itself meets the damage again, and reports it.
    damaged = true;
  }

  private void owner(Wanted wanted) {
    users.add(wanted.entry().metadata().uid());
    groups.add(wanted.entry().metadata().gid());
  }

  /** Entries that are no directories. */
  long files() {
    return files;
  }

  long directories() {
    return directories;
  }

  /** Their content. */
  long bytes() {
    return bytes;
  }

  /** How many of the files are there already. */
  long existing() {
    return existing.count;
  }

  /** The numbers of the users that own what is wanted. */
  Set<Integer> users() {
    return users;
  }

  /** The numbers of the groups. */
  Set<Integer> groups() {
    return groups;
  }

  /** Refuses where a name is taken by what cannot be shared or replaced. */
  void requireNoObstacles() {
    if (obstacles.count > 0) {
      throw new RefusedException(
          "Names are taken by something of another kind (" + obstacles.text() + ")",
          "Nothing was written. Move them away, or restore to another --target.");
    }
  }

  /** Refuses where any file is there already. */
  void requireNothingExists() {
    if (existing.count > 0) {
      throw new RefusedException(
          (existing.count == 1 ? "1 file exists" : existing.count + " files exist")
              + " already ("
              + existing.text()
              + ")",
          "Nothing was written. Use --existing if-changed or replace to bring them to what the"
              + " snapshot has, --existing skip to keep them, or another --target.");
    }
  }

  /** Refuses where the user's patterns fit nothing. */
  void requireAnything(Entry part) {
    if (files + directories == 0 && part.files() > 0 && !damaged) {
      throw new UsageException(
          "Nothing in the snapshot fits what was asked for",
          "Patterns without a slash fit names at any depth, others whole paths.");
    }
  }
}
