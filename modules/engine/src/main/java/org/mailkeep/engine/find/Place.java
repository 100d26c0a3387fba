package org.mailkeep.engine.find;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * A directory's path with all forms of it: nodes, each with the snapshots that have it. Sets of
 * snapshots are shared by those who have the same, and never changed.
 */
final class Place {

  private static final ChunkId NO_NODE = new ChunkId(0, 0, 0);

  private final RawPath path;
  private Map<ChunkId, BitSet> nodes = new LinkedHashMap<>(2);
  private final Map<FileName, Place> directories = new LinkedHashMap<>();
  private final Map<FileName, Map<Entry, BitSet>> found = new LinkedHashMap<>();

  Place(RawPath path) {
    this.path = path;
  }

  RawPath path() {
    return path;
  }

  /** These snapshots have this node here. */
  void addNode(ChunkId node, BitSet snapshots) {
    nodes.merge(node, snapshots, Place::union);
  }

  /** The nodes to be looked at next, with the snapshots that have them; they are taken off. */
  Map<ChunkId, BitSet> takeNodes() {
    Map<ChunkId, BitSet> taken = nodes;
    nodes = new LinkedHashMap<>();
    return taken;
  }

  /** The nodes to be looked at next. */
  Iterable<ChunkId> nodes() {
    return nodes.keySet();
  }

  /** These snapshots have this entry here. */
  void addEntry(Entry entry, BitSet snapshots, FindSettings settings) {
    boolean mayBeWanted = settings.mayWant(entry);
    boolean isDirectory = entry.body() instanceof Body.Directory;
    if (!mayBeWanted && !isDirectory) {
      return;
    }
    Place known = directories.get(entry.name());
    RawPath below = known != null ? known.path : path.resolve(entry.name());
    if (mayBeWanted && settings.fits(below, entry.name())) {
      found
          .computeIfAbsent(entry.name(), _ -> new LinkedHashMap<>(2))
          .merge(comparable(entry), snapshots, Place::union);
    }
    if (entry.body() instanceof Body.Directory directory && settings.mayWantBelow(below)) {
      directories
          .computeIfAbsent(entry.name(), _ -> new Place(below))
          .addNode(directory.root(), snapshots);
    }
  }

  /** The entry without what may differ where a version does not. */
  private static Entry comparable(Entry entry) {
    Body body =
        entry.body() instanceof Body.Directory directory
            ? new Body.Directory(NO_NODE, 0, 0, directory.partial())
            : entry.body();
    return new Entry(entry.name(), entry.metadata(), body, 0);
  }

  private static BitSet union(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.or(b);
    return both;
  }

  /** The directories below, in the order of names in the last snapshot's form. */
  Iterable<Place> directories() {
    return directories.values();
  }

  /** What was found here. */
  List<FoundPath> found(List<Snapshot> snapshots) {
    List<FoundPath> paths = new ArrayList<>();
    found.forEach(
        (name, versions) ->
            paths.add(
                new FoundPath(
                    path.resolve(name),
                    versions.entrySet().stream()
                        .sorted(Comparator.comparingInt(v -> v.getValue().nextSetBit(0)))
                        .map(v -> version(v.getKey(), v.getValue(), snapshots))
                        .toList())));
    return paths;
  }

  private static FoundPath.Version version(Entry entry, BitSet in, List<Snapshot> snapshots) {
    int last = in.length() - 1;
    return new FoundPath.Version(
        entry, in.cardinality(), snapshots.get(in.nextSetBit(0)), snapshots.get(last), last);
  }
}
