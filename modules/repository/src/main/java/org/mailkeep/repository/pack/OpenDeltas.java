package org.mailkeep.repository.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.index.BlockKey;
import org.mailkeep.repository.index.BlockLocation;

/**
 * Blocks of differences that are being filled. All bases of one stand in the same other block: who
 * opens it opens that one, too, and so on down a chain, which is short. Were bases of a block
 * strewn over many others, each of which again has bases, one node would take thousands of blocks
 * to read. Not thread-safe.
 */
final class OpenDeltas {

  /** Directories are stored about in the order in which they were before. */
  private static final int MOST_OPEN = 16;

  private final Supplier<OpenBlock> maker;
  private final Map<BlockKey, OpenBlock> byBase = new LinkedHashMap<>(MOST_OPEN * 2, 0.75f, true);

  /**
   * @param maker makes an empty block
   */
  OpenDeltas(Supplier<OpenBlock> maker) {
    this.maker = maker;
  }

  /**
   * Adds a chunk.
   *
   * @param place where its base is
   * @return blocks that get no more chunks
   */
  List<OpenBlock> add(
      ChunkId id, byte[] chunk, ChunkId base, byte[] baseBytes, BlockLocation place) {
    List<OpenBlock> done = new ArrayList<>();
    OpenBlock block = byBase.computeIfAbsent(place.key(), _ -> maker.get());
    block.addWithBase(id, chunk, base, baseBytes, place.depth());
    if (block.isFull()) {
      byBase.remove(place.key());
      done.add(block);
    }
    if (byBase.size() > MOST_OPEN) {
      BlockKey eldest = byBase.keySet().iterator().next();
      done.add(byBase.remove(eldest));
    }
    return done;
  }

  /** Gives all of them away. */
  List<OpenBlock> takeAll() {
    List<OpenBlock> all = List.copyOf(byBase.values());
    byBase.clear();
    return all;
  }
}
