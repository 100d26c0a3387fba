package org.mailkeep.repository.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkSource;

/** Keeps nodes on the heap and counts the new ones. */
final class MemorySink implements ChunkSink, ChunkSource {

  private final Map<ChunkId, byte[]> chunks = new HashMap<>();

  @Override
  public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
    chunks.put(id, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
    chunks.put(id, node);
  }

  @Override
  public byte[] read(ChunkId id) {
    return Objects.requireNonNull(chunks.get(id));
  }

  int nodes() {
    return chunks.size();
  }

  int longest() {
    return chunks.values().stream().mapToInt(bytes -> bytes.length).max().orElse(0);
  }
}
