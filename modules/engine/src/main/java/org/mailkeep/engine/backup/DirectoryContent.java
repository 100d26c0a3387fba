package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.tree.StoredNode;
import org.mailkeep.repository.tree.Stretch;

/**
 * All that is in a directory, in the order of names: leaves that are as they were, and the entries
 * between them. For one thread.
 */
final class DirectoryContent {

  private final List<Part> parts;

  private DirectoryContent(List<Part> parts) {
    this.parts = parts;
  }

  /** A leaf that is as it was, or entries. */
  static final class Part implements Stretch {
    private final @Nullable KnownLeaf same;
    private final Supplier<List<Scanned>> reader;
    private @Nullable List<Scanned> scanned;

    private Part(@Nullable KnownLeaf same, Supplier<List<Scanned>> reader) {
      this.same = same;
      this.reader = reader;
    }

    private static Part of(Collection<Scanned> entries) {
      List<Scanned> copy = List.copyOf(entries);
      return new Part(null, () -> copy);
    }

    Optional<KnownLeaf> same() {
      return Optional.ofNullable(same);
    }

    @Override
    public Optional<StoredNode> leaf() {
      return same().map(KnownLeaf::node);
    }

    List<Scanned> scanned() {
      List<Scanned> read = scanned;
      if (read == null) {
        read = reader.get();
        scanned = read;
      }
      return read;
    }

    @Override
    public List<Entry> entries() {
      return scanned().stream().map(Scanned::entry).toList();
    }

    private long files() {
      return same != null
          ? same.node().entries()
          : scanned().stream().mapToLong(file -> file.entry().files()).sum();
    }

    private long size() {
      return same != null
          ? same.size()
          : scanned().stream().mapToLong(file -> file.entry().size()).sum();
    }
  }

  /** The content of these entries. */
  static DirectoryContent of(NavigableMap<FileName, Scanned> entries) {
    return new DirectoryContent(List.of(Part.of(entries.values())));
  }

  /**
   * A content of which much is as it was.
   *
   * @param path of the directory
   * @param same which leaves of {@code known} are as they were
   * @param entries all else. One that comes between those of such a leaf is what became of a file
   *     elsewhere: it got another name while it was read
   * @param dropped names that are not there, whatever else says that they are
   */
  static DirectoryContent of(
      RawPath path,
      KnownDirectory known,
      BitSet same,
      NavigableMap<FileName, Scanned> entries,
      Set<FileName> dropped) {
    List<Part> parts = new ArrayList<>();
    List<KnownLeaf> leaves = known.leaves();
    TreeMap<FileName, FileName> gone = new TreeMap<>();
    dropped.forEach(name -> gone.put(name, name));
    for (int i = 0; i < leaves.size(); i++) {
      KnownLeaf leaf = leaves.get(i);
      NavigableMap<FileName, Scanned> here = between(leaves, i, entries);
      Supplier<List<Scanned>> old = () -> known.entries(leaf).orElseThrow(() -> lost(path));
      if (!same.get(i)) {
        parts.add(Part.of(here.values()));
      } else if (here.isEmpty() && between(leaves, i, gone).isEmpty()) {
        parts.add(new Part(leaf, old));
      } else {
        TreeMap<FileName, Scanned> merged = new TreeMap<>();
        old.get().forEach(scanned -> merged.put(scanned.entry().name(), scanned));
        merged.putAll(here);
        dropped.forEach(merged::remove);
        parts.add(Part.of(merged.values()));
      }
    }
    return new DirectoryContent(parts);
  }

  static DamagedException lost(RawPath path) {
    return new DamagedException(
        "the host state", "it lacks what it noted of " + path + "; run rebuild-index");
  }

  /** What has a name from the leaf's first one on, before that of the next leaf. */
  private static <T> NavigableMap<FileName, T> between(
      List<KnownLeaf> leaves, int leaf, NavigableMap<FileName, T> all) {
    NavigableMap<FileName, T> from =
        leaf == 0 ? all : all.tailMap(leaves.get(leaf).node().first(), true);
    return leaf + 1 < leaves.size()
        ? from.headMap(leaves.get(leaf + 1).node().first(), false)
        : from;
  }

  List<Part> parts() {
    return parts;
  }

  /** What is not in a leaf that is as it was, in the order of names. */
  List<Scanned> others() {
    if (parts.size() == 1 && parts.getFirst().same().isEmpty()) {
      return parts.getFirst().scanned();
    }
    List<Scanned> others = new ArrayList<>();
    for (Part part : parts) {
      if (part.same().isEmpty()) {
        others.addAll(part.scanned());
      }
    }
    return others;
  }

  /** Files in the subtree. */
  long files() {
    return parts.stream().mapToLong(Part::files).sum();
  }

  /** Bytes in the subtree. */
  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }
}
