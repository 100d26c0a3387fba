package org.mailkeep.engine.find;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.index.BlockKey;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.tree.TreeReader;

/** Reads many nodes, block by block, and keeps of them what a search needs. */
final class NodeLoad implements AutoCloseable {

  private static final int MAX_THREADS = 4;

  /** So many look-ups in the index take a millisecond or more and are worth a thread's while. */
  private static final int SLICE = 256;

  /** What a search needs of a node. */
  sealed interface Gist {}

  /** The nodes below. */
  record Below(List<ChunkId> nodes) implements Gist {}

  /** The directories and what may be wanted. */
  record Entries(List<Entry> entries) implements Gist {}

  /** The node cannot be read. */
  record Lost(UnreadableException problem) implements Gist {}

  private static final Gist NOTHING = new Entries(List.of());

  private final ChunkReader reader;
  private final TreeReader trees;
  private final FindSettings settings;
  private final Cancellation cancellation;
  private final ParallelTasks threads =
      new ParallelTasks(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));

  NodeLoad(ChunkReader reader, FindSettings settings, Cancellation cancellation) {
    this.reader = reader;
    this.trees = new TreeReader(reader);
    this.settings = settings;
    this.cancellation = cancellation;
  }

  /** The gist of each of these nodes. */
  Map<ChunkId, Gist> load(Collection<ChunkId> ids) {
    Map<ChunkId, Gist> gists = new ConcurrentHashMap<>(ids.size() * 2);
    Map<BlockKey, List<ChunkId>> blocks = new HashMap<>();
    List<Runnable> searches = new ArrayList<>();
    List<ChunkId> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += SLICE) {
      List<ChunkId> slice = all.subList(from, Math.min(all.size(), from + SLICE));
      searches.add(() -> slice.forEach(id -> locate(id, blocks, gists)));
    }
    run(searches);
    List<Runnable> tasks = new ArrayList<>();
    blocks.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(block -> tasks.add(() -> block.getValue().forEach(id -> gists.put(id, gist(id)))));
    run(tasks);
    return gists;
  }

  private void run(List<Runnable> tasks) {
    if (tasks.size() == 1) {
      tasks.getFirst().run();
    } else {
      threads.run(tasks);
    }
  }

  private void locate(ChunkId id, Map<BlockKey, List<ChunkId>> blocks, Map<ChunkId, Gist> gists) {
    cancellation.check();
    try {
      BlockKey key = reader.locate(id).block().key();
      synchronized (blocks) {
        blocks.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
      }
    } catch (UnreadableException e) {
      gists.put(id, new Lost(e));
    }
  }

  private Gist gist(ChunkId id) {
    cancellation.check();
    try {
      return trees.node(id, settings::mayWantName).map(this::gist).orElse(NOTHING);
    } catch (UnreadableException e) {
      return new Lost(e);
    }
  }

  private Gist gist(Node node) {
    return switch (node) {
      case Node.Branch branch -> new Below(branch.children().stream().map(Node.Child::id).toList());
      case Node.Leaf leaf -> {
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : leaf.entries()) {
          if (entry.body() instanceof Body.Directory || settings.mayWant(entry)) {
            kept.add(entry);
          }
        }
        yield kept.isEmpty() ? NOTHING : new Entries(kept);
      }
    };
  }

  @Override
  public void close() {
    threads.close();
  }
}
