package org.mailkeep.engine.content;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkSource;

/** Chunks on the heap. */
final class ChunkMap implements ChunkSink, ChunkSource {

  private final Map<String, byte[]> chunks = new TreeMap<>();
  final Set<BlockKind> kinds = EnumSet.noneOf(BlockKind.class);

  @Override
  public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
    kinds.add(kind);
    chunks.put(id.toString(), Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
    add(id, BlockKind.NODE, node, 0, node.length);
  }

  @Override
  public byte[] read(ChunkId id) {
    byte[] chunk = chunks.get(id.toString());
    if (chunk == null) {
      throw new DamagedException("chunk " + id, "it is not there");
    }
    return chunk.clone();
  }

  void put(ChunkId id, byte[] bytes) {
    chunks.put(id.toString(), bytes);
  }

  int size() {
    return chunks.size();
  }
}
