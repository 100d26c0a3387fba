package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.index.BlockKey;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkSource;

/**
 * The chunks that some files need, read in pack order with each block opened once. What cannot be
 * read is remembered and thrown to whoever asks for it. Safe for use by many threads once loaded.
 */
final class ChunkWindow implements ChunkSource {

  private final ChunkReader reader;
  private final Map<ChunkId, byte[]> chunks = new ConcurrentHashMap<>();
  private final Map<ChunkId, DamagedException> failures = new ConcurrentHashMap<>();

  ChunkWindow(ChunkReader reader) {
    this.reader = reader;
  }

  /** Reads these chunks; {@code parallel} runs the tasks that it is given and waits for them. */
  void load(Iterable<ChunkId> wanted, Consumer<List<Runnable>> parallel) {
    Map<BlockKey, List<ChunkId>> groups = new HashMap<>();
    for (ChunkId id : wanted) {
      try {
        BlockKey key = reader.locate(id).block().key();
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
      } catch (DamagedException e) {
        failures.put(id, e);
      }
    }
    List<Runnable> tasks = new ArrayList<>();
    groups.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> tasks.add(() -> entry.getValue().forEach(this::loadOne)));
    parallel.accept(tasks);
  }

  private void loadOne(ChunkId id) {
    try {
      chunks.put(id, reader.read(id));
    } catch (DamagedException e) {
      failures.put(id, e);
    }
  }

  @Override
  public byte[] read(ChunkId id) {
    byte[] chunk = chunks.get(id);
    if (chunk != null) {
      return chunk;
    }
    DamagedException failure = failures.get(id);
    if (failure != null) {
      throw failure;
    }
    return reader.read(id);
  }
}
