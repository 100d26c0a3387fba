package org.mailkeep.engine;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.engine.sort.RunCodec;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.ChunkPlace;
import org.mailkeep.repository.index.LocalIndex;

/**
 * The chunks that snapshots require, gathered as they come and found in the index all at once: in
 * the order of ids each part of a large index is read once, and not for every chunk. For one
 * thread.
 */
public final class RequiredChunks implements AutoCloseable {

  /** A chunk's id is small. */
  private static final int HELD = 1 << 16;

  private static final RunCodec<ChunkId> CODEC = RunCodec.each(ChunkId::write, ChunkId::read);

  private final LocalIndex index;
  private final SortedRuns<ChunkId> ids;

  /**
   * None as yet.
   *
   * @param folder has room for what does not fit in memory, {@value ChunkId#LENGTH} bytes each
   */
  public RequiredChunks(LocalIndex index, Path folder) {
    this.index = index;
    this.ids = new SortSpace(folder, HELD).sort(Comparator.naturalOrder(), CODEC);
  }

  /** Adds a chunk, which may have been added before. */
  public void add(ChunkId id) {
    ids.add(id);
  }

  /**
   * Finds all that were added.
   *
   * @param places is told where each is, once, as {@link LocalIndex#place} has it
   * @return one that is in no pack, if there is one: then not all were told
   */
  public Optional<ChunkId> find(Consumer<ChunkPlace> places) {
    try (LocalIndex.InOrder lookup = index.inOrder()) {
      for (ChunkId id : ids) {
        Optional<ChunkPlace> place = lookup.place(id, BlockInfo.MAX_DEPTH + 1);
        if (place.isEmpty()) {
          return Optional.of(id);
        }
        places.accept(place.get());
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    ids.close();
  }
}
