package org.mailkeep.engine.diff;

import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Compares two trees of one repository. Equal nodes are passed without being read. For one thread.
 *
 * <p>Two places move through the two forms of a directory. Where both stand before the same node,
 * both pass it; else whichever stands before the lesser name moves, or the higher node is entered.
 * So every entry that only one side has, or that differs, is met, whatever the nodes are cut like.
 */
public final class TreeDiff {

  private final TreeReader reader;
  private final DiffObserver observer;
  private final Cancellation cancellation;

  /** Reads both trees from here and tells the observer. */
  public TreeDiff(TreeReader reader, DiffObserver observer, Cancellation cancellation) {
    this.reader = reader;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * Tells what differs between two entries and, where they are directories, below them. Their names
   * do not matter.
   *
   * @param path what is told as their path; an entry below them comes with its path below this one
   * @param before empty where the first tree has nothing there
   * @param after empty where the second has nothing there
   */
  public void compare(RawPath path, Optional<Entry> before, Optional<Entry> after) {
    if (before.isPresent() && after.isPresent()) {
      compare(path, before.get(), after.get());
    } else {
      before.ifPresent(entry -> removed(path, entry));
      after.ifPresent(entry -> added(path, entry));
    }
  }

  private void compare(RawPath path, Entry before, Entry after) {
    Set<Aspect> aspects = Aspect.between(before, after);
    if (!aspects.isEmpty()) {
      observer.found(new Difference.Changed(path, before, after, aspects));
    }
    if (before.body() instanceof Body.Directory was && after.body() instanceof Body.Directory is) {
      if (!was.root().equals(is.root())) {
        guarded(path, () -> compare(path, was.root(), is.root()));
      }
    } else {
      belowRemoved(path, before);
      belowAdded(path, after);
    }
  }

  private void compare(RawPath path, ChunkId before, ChunkId after) {
    NodeCursor was = new NodeCursor(reader, before);
    NodeCursor is = new NodeCursor(reader, after);
    while (!was.isDone() || !is.isDone()) {
      cancellation.check();
      int order = is.isDone() ? -1 : was.isDone() ? 1 : was.name().compareTo(is.name());
      if (order == 0) {
        together(path, was, is);
      } else if (order < 0) {
        alone(was, entry -> removed(path.resolve(entry.name()), entry));
      } else {
        alone(is, entry -> added(path.resolve(entry.name()), entry));
      }
    }
  }

  /** Both stand before the same name. */
  private void together(RawPath path, NodeCursor was, NodeCursor is) {
    if (was.isNode() && is.isNode()) {
      if (was.node().equals(is.node())) {
        was.pass();
        is.pass();
      } else if (was.level() >= is.level()) {
        was.enter();
      } else {
        is.enter();
      }
    } else if (was.isNode()) {
      was.enter();
    } else if (is.isNode()) {
      is.enter();
    } else {
      if (!was.entry().equals(is.entry())) {
        compare(path.resolve(was.name()), was.entry(), is.entry());
      }
      was.pass();
      is.pass();
    }
  }

  private interface Teller {
    void tell(Entry entry);
  }

  /** This one stands before a name that the other does not have. */
  private static void alone(NodeCursor cursor, Teller teller) {
    if (cursor.isNode()) {
      cursor.enter();
    } else {
      teller.tell(cursor.entry());
      cursor.pass();
    }
  }

  private void removed(RawPath path, Entry entry) {
    observer.found(new Difference.Removed(path, entry));
    belowRemoved(path, entry);
  }

  private void belowRemoved(RawPath path, Entry entry) {
    below(path, entry, child -> removed(path.resolve(child.name()), child));
  }

  private void added(RawPath path, Entry entry) {
    observer.found(new Difference.Added(path, entry));
    belowAdded(path, entry);
  }

  private void belowAdded(RawPath path, Entry entry) {
    below(path, entry, child -> added(path.resolve(child.name()), child));
  }

  private void below(RawPath path, Entry entry, Teller teller) {
    if (entry.body() instanceof Body.Directory directory) {
      guarded(
          path,
          () -> {
            for (Entry child : reader.entries(directory.root())) {
              cancellation.check();
              teller.tell(child);
            }
          });
    }
  }

  private void guarded(RawPath path, Runnable work) {
    try {
      work.run();
    } catch (UnreadableException e) {
      observer.damaged(path, e);
    }
  }
}
