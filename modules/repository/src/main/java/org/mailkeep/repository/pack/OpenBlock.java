package org.mailkeep.repository.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockKind;

/** A block that is being filled with chunks. Not thread-safe. */
final class OpenBlock {

  private final BlockKind kind;
  private final List<ChunkRef> chunks = new ArrayList<>();
  private final Map<ChunkId, byte[]> bases = new LinkedHashMap<>();
  private byte[] bytes;
  private int length;
  private int basesLength;
  private int depth;

  /**
   * @param buffer room for the first bytes, which is this block's from now on
   */
  OpenBlock(BlockKind kind, byte[] buffer) {
    this.kind = kind;
    this.bytes = buffer;
  }

  void add(ChunkId id, byte[] source, int offset, int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    chunks.add(new ChunkRef(id, count));
  }

  /** Adds a chunk that a dictionary helps to compress. */
  void addWithBase(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes, int baseDepth) {
    if (bases.putIfAbsent(base, baseBytes) == null) {
      basesLength += baseBytes.length;
    }
    depth = Math.max(depth, baseDepth + 1);
    add(id, node, 0, node.length);
  }

  /** Whether a chunk of this length still has room; an empty block takes any. */
  boolean hasRoom(int count) {
    return chunks.isEmpty() || length + count <= kind.targetSize();
  }

  boolean isFull() {
    return length >= kind.targetSize() || basesLength >= 2 * kind.targetSize();
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  BlockKind kind() {
    return kind;
  }

  List<ChunkRef> chunks() {
    return chunks;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int depth() {
    return depth;
  }

  List<ChunkId> bases() {
    return List.copyOf(bases.keySet());
  }

  /** The bytes of all bases, joined. */
  byte[] dictionary() {
    byte[] joined = new byte[basesLength];
    int offset = 0;
    for (byte[] base : bases.values()) {
      System.arraycopy(base, 0, joined, offset, base.length);
      offset += base.length;
    }
    return joined;
  }
}
