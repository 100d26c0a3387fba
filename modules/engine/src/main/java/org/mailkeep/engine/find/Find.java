package org.mailkeep.engine.find;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * A search for names in snapshots. Directories are looked at in batches, so that the nodes of many
 * are read together, each block opened once. What waits is a stack, and batches get smaller where
 * much waits or much is found, so that memory does not grow with the store.
 */
public final class Find {

  private static final int LARGEST_BATCH = 16_384;
  private static final int SMALLEST_BATCH = 64;

  /** Paths found that are sorted before they are told. */
  private static final int SORTED = 20_000;

  private final NodeLoad nodes;
  private final FindSettings settings;
  private final FindObserver observer;
  private final Cancellation cancellation;
  private final List<Snapshot> snapshots;
  private final List<Place> waiting = new ArrayList<>();
  private final List<FoundPath> found = new ArrayList<>();
  private int batch = LARGEST_BATCH;

  private Find(
      NodeLoad nodes,
      List<Snapshot> snapshots,
      FindSettings settings,
      FindObserver observer,
      Cancellation cancellation) {
    this.nodes = nodes;
    this.snapshots = snapshots;
    this.settings = settings;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * Searches and tells the observer what it finds, in the order of paths; where there is very much,
   * in several such runs.
   *
   * @param snapshots where to look, the oldest first
   */
  public static void run(
      ChunkReader reader,
      List<Snapshot> snapshots,
      FindSettings settings,
      FindObserver observer,
      Cancellation cancellation) {
    try (NodeLoad nodes = new NodeLoad(reader, settings, cancellation)) {
      new Find(nodes, List.copyOf(snapshots), settings, observer, cancellation).run();
    }
  }

  private void run() {
    Place root = new Place(RawPath.ROOT);
    for (int i = 0; i < snapshots.size(); i++) {
      if (snapshots.get(i).manifest().root().body() instanceof Body.Directory directory) {
        BitSet snapshot = new BitSet();
        snapshot.set(i);
        root.addNode(directory.root(), snapshot);
      }
    }
    waiting.add(root);
    while (!waiting.isEmpty()) {
      cancellation.check();
      look(take());
    }
    tell();
  }

  private List<Place> take() {
    int count = Math.clamp((long) batch - waiting.size() / 4, SMALLEST_BATCH, LARGEST_BATCH);
    List<Place> last = waiting.subList(Math.max(0, waiting.size() - count), waiting.size());
    List<Place> taken = List.copyOf(last);
    last.clear();
    return taken;
  }

  private void look(List<Place> places) {
    List<Place> left = places;
    for (int level = 0; !left.isEmpty(); level++) {
      Set<ChunkId> wanted = new LinkedHashSet<>();
      left.forEach(place -> place.nodes().forEach(wanted::add));
      Map<ChunkId, NodeLoad.Gist> gists = nodes.load(wanted);
      boolean mayGoOn = level <= Node.Branch.MAX_LEVEL;
      left = left.stream().filter(place -> look(place, gists, mayGoOn)).toList();
    }
    int before = found.size();
    for (Place place : places) {
      place.directories().forEach(waiting::add);
      found.addAll(place.found(snapshots));
    }
    batch = found.size() - before > SORTED ? Math.max(SMALLEST_BATCH, batch / 4) : batch;
    if (found.size() > SORTED) {
      tell();
    }
  }

  /** Gives whether the place has more nodes to look at. */
  private boolean look(Place place, Map<ChunkId, NodeLoad.Gist> gists, boolean mayGoOn) {
    boolean[] more = {false};
    place
        .takeNodes()
        .forEach(
            (id, in) -> {
              switch (Optional.ofNullable(gists.get(id)).orElseThrow()) {
                case NodeLoad.Below below when mayGoOn -> {
                  below.nodes().forEach(node -> place.addNode(node, in));
                  more[0] = true;
                }
                case NodeLoad.Below _ ->
                    observer.damaged(
                        place.path(), new DamagedException("tree node " + id, "it leads too deep"));
                case NodeLoad.Entries leaf ->
                    leaf.entries().forEach(entry -> place.addEntry(entry, in, settings));
                case NodeLoad.Lost lost -> observer.damaged(place.path(), lost.problem());
              }
            });
    return more[0];
  }

  private void tell() {
    found.sort(Comparator.comparing(FoundPath::path));
    found.forEach(observer::found);
    found.clear();
  }
}
