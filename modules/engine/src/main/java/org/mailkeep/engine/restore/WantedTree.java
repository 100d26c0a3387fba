package org.mailkeep.engine.restore;

import java.util.List;
import java.util.stream.StreamSupport;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** The part of a snapshot's tree that is to be restored. Safe for use by many threads. */
final class WantedTree {

  private final SnapshotTree tree;
  private final Selection selection;
  private final RawPath base;

  /**
   * @param base the directory that the target stands for
   */
  WantedTree(SnapshotTree tree, Selection selection, RawPath base) {
    this.tree = tree;
    this.selection = selection;
    this.base = base;
  }

  /**
   * An entry that is wanted, or leads to some that are.
   *
   * @param path where it stands in the snapshot
   * @param entry what it is
   * @param whole whether it is wanted itself, and so all below it that is not excluded
   */
  record Wanted(RawPath path, Entry entry, boolean whole) {

    boolean isDirectory() {
      return entry.body() instanceof Body.Directory;
    }

    /**
     * Whether it stands here only to lead to what was backed up, so that not all of it is known.
     */
    boolean isPartial() {
      return entry.body() instanceof Body.Directory directory && directory.partial();
    }
  }

  /**
   * The target itself; its metadata is wanted only where it stands for a root that was a source.
   */
  Wanted base() {
    SnapshotTree.Found found = tree.require(base);
    Wanted wanted = new Wanted(found.path(), found.entry(), false);
    boolean whole =
        base.equals(RawPath.ROOT)
            && wanted.isDirectory()
            && !wanted.isPartial()
            && selection.wants(RawPath.ROOT, false);
    return new Wanted(found.path(), found.entry(), whole);
  }

  /** What is wanted in a directory, or may lead to it, in the order of names. */
  Iterable<Wanted> entries(Wanted directory) {
    return () ->
        StreamSupport.stream(all(directory).spliterator(), false)
            .filter(entry -> mayContain(directory.path().resolve(entry.name())))
            .map(entry -> wanted(directory, entry))
            .filter(entry -> entry.isDirectory() || entry.whole())
            .iterator();
  }

  /** All that the snapshot has in a directory. */
  Iterable<Entry> all(Wanted directory) {
    return directory.entry().body() instanceof Body.Directory body ? tree.entries(body) : List.of();
  }

  /** Whether this path, which need not be in the snapshot, could be one that is asked for. */
  boolean mayContain(RawPath path) {
    return selection.mayContain(path);
  }

  private Wanted wanted(Wanted directory, Entry entry) {
    RawPath path = directory.path().resolve(entry.name());
    return new Wanted(path, entry, selection.wants(path, directory.whole()));
  }
}
