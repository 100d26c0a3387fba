package org.mailkeep.engine.restore;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.index.BlockKey;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkSource;
import org.mailkeep.unix.Memory;

/**
 * The chunks that some files need, read in pack order with each block opened once. They lie outside
 * Java's heap, whose collector would copy them again and again. What cannot be read is remembered
 * and thrown to whoever asks for it. Safe for use by many threads once loaded, and until closed.
 */
final class ChunkWindow implements ChunkSource, AutoCloseable {

  /** Files from this size on are gone through block by block, not held in memory. */
  static final long LARGE = 8L << 20;

  private final ChunkReader reader;
  private final Memory memory = new Memory();
  private final Map<ChunkId, Memory.Kept> chunks = new ConcurrentHashMap<>();
  private final Map<ChunkId, UnreadableException> failures = new ConcurrentHashMap<>();

  ChunkWindow(ChunkReader reader) {
    this.reader = reader;
  }

  /** Reads what these files need; {@code parallel} runs the tasks that it is given and waits. */
  void load(List<FileJob> files, Consumer<List<Runnable>> parallel) {
    Map<BlockKey, Map<ChunkId, ChunkLocation>> groups = new HashMap<>();
    for (ChunkId id : wanted(files)) {
      try {
        ChunkLocation place = reader.locate(id);
        groups.computeIfAbsent(place.block().key(), _ -> new LinkedHashMap<>()).put(id, place);
      } catch (UnreadableException e) {
        failures.put(id, e);
      }
    }
    parallel.accept(
        groups.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .<Runnable>map(group -> () -> load(group.getValue()))
            .toList());
  }

  private void load(Map<ChunkId, ChunkLocation> ofOneBlock) {
    ChunkReader.OneBlock block = reader.oneBlock();
    ofOneBlock.forEach(
        (id, place) -> {
          try {
            chunks.put(id, memory.keep(block.read(id, place)));
          } catch (UnreadableException e) {
            failures.put(id, e);
          }
        });
  }

  private static Set<ChunkId> wanted(List<FileJob> files) {
    Set<ChunkId> wanted = new LinkedHashSet<>();
    for (FileJob job : files) {
      if (job.weight() < LARGE
          && job.entry().body() instanceof Body.RegularFile file
          && file.recipe() instanceof Recipe.Direct direct) {
        for (Segment segment : direct.segments()) {
          switch (segment) {
            case Segment.Literal literal -> wanted.add(literal.chunk().id());
            case Segment.Base64 base64 -> base64.chunks().forEach(c -> wanted.add(c.id()));
            case Segment.Hole _ -> {}
          }
        }
      }
    }
    return wanted;
  }

  @Override
  public byte[] read(ChunkId id) {
    Memory.Kept chunk = chunks.get(id);
    if (chunk != null) {
      return chunk.bytes();
    }
    UnreadableException failure = failures.get(id);
    if (failure != null) {
      throw failure;
    }
    return reader.read(id);
  }

  @Override
  public void close() {
    memory.close();
  }
}
