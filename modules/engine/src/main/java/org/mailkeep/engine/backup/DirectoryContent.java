package org.mailkeep.engine.backup;

import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mailkeep.engine.sort.Peeking;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;

/**
 * All that is in a directory, in the order of names: leaves that are as they were, and the entries
 * between them. It is never in memory as a whole. For one thread.
 */
final class DirectoryContent {

  private final RawPath path;
  private final KnownDirectory known;
  private final BitSet same;
  private final Iterable<Scanned> entries;
  private final TreeSet<FileName> dropped;

  /** Part of a content. */
  sealed interface Part {

    /** A leaf that is as it was. */
    record Kept(KnownLeaf leaf) implements Part {}

    /** One entry. */
    record Added(Scanned scanned) implements Part {}
  }

  /**
   * A content of which much may be as it was.
   *
   * @param path of the directory
   * @param same which leaves of {@code known} are as they were
   * @param entries all else, in the order of names, none twice. One that comes between those of
   *     such a leaf is what became of a file elsewhere: it got another name while it was read
   * @param dropped names that are not there, whatever else says that they are
   */
  DirectoryContent(
      RawPath path,
      KnownDirectory known,
      BitSet same,
      Iterable<Scanned> entries,
      Set<FileName> dropped) {
    this.path = path;
    this.known = known;
    this.same = same;
    this.entries = entries;
    this.dropped = new TreeSet<>(dropped);
  }

  /** Goes through it. */
  void forEach(Consumer<Part> parts) {
    Peeking<Scanned> others = new Peeking<>(entries.iterator());
    List<KnownLeaf> leaves = same.isEmpty() ? List.of() : known.leaves();
    for (int i = 0; i < leaves.size(); i++) {
      Peeking<Scanned> here = new Peeking<>(new Before(others, leaves, i + 1));
      if (!same.get(i)) {
        add(here, parts);
      } else if (here.peek().isEmpty() && !isAnyDropped(leaves, i)) {
        parts.accept(new Part.Kept(leaves.get(i)));
      } else {
        merge(entries(leaves.get(i)), here, parts);
      }
    }
    add(others, parts);
  }

  /** The entries of a leaf that is as it was. */
  List<Scanned> entries(KnownLeaf leaf) {
    return known.entries(leaf).orElseThrow(() -> lost(path));
  }

  static DamagedException lost(RawPath path) {
    return new DamagedException(
        "the host state", "it lacks what it noted of " + path + "; run rebuild-index");
  }

  /** Those of some entries that come before a leaf, which are all where there is no such leaf. */
  private record Before(Peeking<Scanned> entries, List<KnownLeaf> leaves, int leaf)
      implements Iterator<Scanned> {
    @Override
    public boolean hasNext() {
      return leaf == leaves.size()
          ? entries.hasNext()
          : entries
              .peek()
              .filter(next -> nameOf(next).compareTo(leaves.get(leaf).node().first()) < 0)
              .isPresent();
    }

    @Override
    public Scanned next() {
      return entries.next();
    }
  }

  private boolean isAnyDropped(List<KnownLeaf> leaves, int leaf) {
    FileName from = leaf == 0 ? FileName.of("") : nameOf(leaves, leaf);
    FileName first = dropped.ceiling(from);
    return first != null
        && (leaf + 1 == leaves.size() || first.compareTo(nameOf(leaves, leaf + 1)) < 0);
  }

  private static FileName nameOf(List<KnownLeaf> leaves, int leaf) {
    return leaves.get(leaf).node().first();
  }

  private static FileName nameOf(Scanned scanned) {
    return scanned.entry().name();
  }

  private void add(Iterator<Scanned> some, Consumer<Part> parts) {
    while (some.hasNext()) {
      add(some.next(), parts);
    }
  }

  private void add(Scanned scanned, Consumer<Part> parts) {
    if (!dropped.contains(nameOf(scanned))) {
      parts.accept(new Part.Added(scanned));
    }
  }

  /** Of two of one name that counts which was added. */
  private void merge(List<Scanned> old, Peeking<Scanned> added, Consumer<Part> parts) {
    for (Scanned stayed : old) {
      int order = -1;
      while (added.peek().isPresent()) {
        order = nameOf(added.peek().get()).compareTo(nameOf(stayed));
        if (order > 0) {
          break;
        }
        add(added.next(), parts);
        if (order == 0) {
          break;
        }
      }
      if (order != 0) {
        add(stayed, parts);
      }
    }
    add(added, parts);
  }
}
