package org.mailkeep.engine.prune;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.index.ChunkPlace;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackTable;

/**
 * What is stored, as the writer of new packs has to see it: nodes are written in rounds by depth,
 * and those of earlier rounds count as stored, whether or not their pack is full yet.
 */
final class RewriteIndex implements ChunkIndex {

  private static final ObjectId NO_PACK = new ObjectId(0, 0, 0, 0);

  private final LocalIndex index;
  private final Marks marks;
  private volatile int round;
  private final LongAdder packs = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  RewriteIndex(LocalIndex index, Marks marks) {
    this.index = index;
    this.marks = marks;
  }

  /** From now on nodes of this depth are written. */
  void begin(int depth) {
    round = depth;
  }

  /** The place of a chunk that stays as it is, shallow enough for all that rely on it. */
  Optional<ChunkPlace> kept(ChunkId id) {
    int limit = marks.limit(id);
    return index
        .place(id, limit == Integer.MAX_VALUE ? BlockInfo.MAX_DEPTH + 1 : limit + 1)
        .filter(index::stays);
  }

  @Override
  public boolean contains(ChunkId id) {
    Optional<Integer> depth = marks.depth(id);
    return depth.isPresent() ? depth.get() < round : kept(id).isPresent();
  }

  @Override
  public Optional<ChunkLocation> find(ChunkId id) {
    return marks
        .depth(id)
        .map(RewriteIndex::soon)
        .or(() -> kept(id).map(index::location))
        .or(() -> index.find(id));
  }

  private static ChunkLocation soon(int depth) {
    BlockLocation block =
        new BlockLocation(NO_PACK, 0, 0, 0, 0, BlockKind.NODE, Codec.ZSTD, depth, List.of());
    return new ChunkLocation(block, 0, 0);
  }

  @Override
  public void add(PackTable pack) {
    index.add(pack);
    packs.increment();
    bytes.add(pack.size());
  }

  /** The packs that were written. */
  PruneReport.Amount written() {
    return new PruneReport.Amount(packs.sum(), bytes.sum());
  }
}
