package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.ChunkLocation;
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

  /** The chunks of one block. */
  private record Group(BlockLocation block, List<ChunkId> ids) {}

  /** Reads these chunks; {@code parallel} runs the tasks that it is given and waits for them. */
  void load(Iterable<ChunkId> wanted, Consumer<List<Runnable>> parallel) {
    Map<BlockKey, Group> groups = new HashMap<>();
    for (ChunkId id : wanted) {
      try {
        ChunkLocation location = reader.locate(id);
        BlockKey key = new BlockKey(location.block().pack().toString(), location.block().number());
        groups
            .computeIfAbsent(key, _ -> new Group(location.block(), new ArrayList<>()))
            .ids
            .add(id);
      } catch (DamagedException e) {
        failures.put(id, e);
      }
    }
    List<Runnable> tasks = new ArrayList<>();
    groups.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> tasks.add(() -> entry.getValue().ids.forEach(this::loadOne)));
    parallel.accept(tasks);
  }

  private record BlockKey(String pack, int number) implements Comparable<BlockKey> {
    @Override
    public int compareTo(BlockKey other) {
      return Comparator.comparing(BlockKey::pack)
          .thenComparingInt(BlockKey::number)
          .compare(this, other);
    }
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
