package org.mailkeep.engine.browse;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** The tree of one snapshot. Safe for use by many threads. */
public final class SnapshotTree {

  private final Snapshot snapshot;
  private final TreeReader reader;

  /** The tree of this snapshot. */
  public SnapshotTree(Snapshot snapshot, TreeReader reader) {
    this.snapshot = snapshot;
    this.reader = reader;
  }

  /**
   * An entry with its place.
   *
   * @param path its absolute path
   * @param entry the entry; the root has a name that is not part of the path
   */
  public record Found(RawPath path, Entry entry) {}

  /** The root directory. */
  public Found root() {
    return new Found(RawPath.ROOT, snapshot.manifest().root());
  }

  /** What stands at this absolute path. */
  public Optional<Found> find(RawPath path) {
    List<FileName> names = path.names();
    Found found = root();
    for (FileName name : names) {
      Optional<Found> below = child(found, name);
      if (below.isEmpty()) {
        return Optional.empty();
      }
      found = below.get();
    }
    return Optional.of(found);
  }

  /** What has this name in a directory; nothing where it is none. */
  public Optional<Found> child(Found directory, FileName name) {
    return directory.entry().body() instanceof Body.Directory body
        ? reader
            .find(body.root(), name)
            .map(entry -> new Found(directory.path().resolve(name), entry))
        : Optional.empty();
  }

  /**
   * As {@link #find}.
   *
   * @throws NotFoundException where nothing is there
   */
  public Found require(RawPath path) {
    return find(path)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "Snapshot " + snapshot.id().shortForm() + " has no " + path,
                    "See what it has with 'mailkeep ls " + snapshot.id().shortForm() + "'."));
  }

  /** The entries of a directory, in the order of names. */
  public Iterable<Entry> entries(Body.Directory directory) {
    return reader.entries(directory.root());
  }

  /** Says whether to go on below a directory. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes an entry; gives whether its own entries, if it is a directory, are wanted too. */
    boolean visit(Found found);
  }

  /** Visits everything below a directory, each directory before its entries. */
  public void walk(Found directory, Visitor visitor) {
    if (directory.entry().body() instanceof Body.Directory body) {
      for (Entry entry : entries(body)) {
        Found found = new Found(directory.path().resolve(entry.name()), entry);
        if (visitor.visit(found)) {
          walk(found, visitor);
        }
      }
    }
  }
}
