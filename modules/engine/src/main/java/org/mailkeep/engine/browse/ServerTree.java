package org.mailkeep.engine.browse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.browse.SnapshotTree.Found;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;

/**
 * The tree of a snapshot by the paths that the server saw, on which links are followed. One thread
 * at a time.
 */
public final class ServerTree {

  /** As many links as Linux follows on one path, path_resolution(7). */
  private static final int MOST_LINKS = 40;

  private final SnapshotTree tree;
  private final ContentReader content;
  private final RawPath root;

  /** Where the last search went by: callers ask for one place after another in a directory. */
  private List<Found> trail = List.of();

  /**
   * A server's tree.
   *
   * @param root the server's root in the snapshot
   */
  public ServerTree(SnapshotTree tree, ContentReader content, RawPath root) {
    this.tree = tree;
    this.content = content;
    this.root = root;
  }

  /** The snapshot's whole tree. */
  public SnapshotTree snapshot() {
    return tree;
  }

  /** What the server found at a path, links followed; where it is in the snapshot. */
  public Optional<Found> find(RawPath path) {
    Optional<Found> top = tree.find(root);
    if (top.isEmpty()) {
      return top;
    }
    Deque<FileName> ahead = new ArrayDeque<>(path.names());
    List<Found> behind = new ArrayList<>(List.of(top.get()));
    int links = 0;
    while (!ahead.isEmpty()) {
      FileName name = ahead.removeFirst();
      if (name.is("..")) {
        if (behind.size() > 1) {
          behind.removeLast();
        }
        continue;
      }
      Optional<Found> next = child(behind, name);
      if (next.isEmpty()) {
        return next;
      }
      if (next.get().entry().body() instanceof Body.SymbolicLink link) {
        if (++links > MOST_LINKS) {
          throw new DamagedException(path.toString(), "it leads from link to link");
        }
        RawPath target = RawPath.of(link.target().bytes());
        if (target.isAbsolute()) {
          behind.subList(1, behind.size()).clear();
        }
        target.names().reversed().forEach(ahead::addFirst);
      } else {
        behind.add(next.get());
      }
    }
    trail = behind;
    return Optional.of(behind.getLast());
  }

  /** What stands here under this name; the way that was gone last is not searched again. */
  private Optional<Found> child(List<Found> behind, FileName name) {
    Found here = behind.getLast();
    int depth = behind.size();
    if (depth < trail.size() && trail.get(depth - 1).path().equals(here.path())) {
      Found before = trail.get(depth);
      if (before.path().equals(here.path().resolve(name))) {
        return Optional.of(before);
      }
    }
    return tree.child(here, name);
  }

  /** The content of a regular file that is no larger, in bytes; empty for anything else. */
  public Optional<byte[]> read(Found found, int largest) {
    return found.entry().body() instanceof Body.RegularFile file && file.size() <= largest
        ? Optional.of(content.bytes(file.recipe(), largest))
        : Optional.empty();
  }

  /** A place in the snapshot as the server saw it. */
  public RawPath seen(Found found) {
    List<FileName> names = found.path().names();
    return path(names.subList(root.names().size(), names.size()));
  }

  private static RawPath path(List<FileName> names) {
    RawPath path = RawPath.ROOT;
    for (FileName name : names) {
      path = path.resolve(name);
    }
    return path;
  }
}
