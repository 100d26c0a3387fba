package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.pack.PackTable;

/** Gathers packs' tables into index segments. For one thread. */
public final class SegmentWriter {

  /** About what a chunk takes in a table, in bytes. */
  private static final int CHUNK_BYTES = ChunkId.LENGTH + 2;

  private final IndexSegments segments;
  private final List<PackTable> packs = new ArrayList<>();
  private long size;
  private long written;

  /** Writes to these. */
  public SegmentWriter(IndexSegments segments) {
    this.segments = segments;
  }

  /** Takes a pack, whose segment may be written later. */
  public void add(PackTable pack) {
    packs.add(pack);
    for (BlockInfo block : pack.blocks()) {
      size += (long) CHUNK_BYTES * (1 + block.chunks().size() + block.bases().size());
    }
    if (packs.size() >= IndexSegments.MAX_PACKS || size >= IndexSegments.TARGET_SIZE) {
      flush();
    }
  }

  /** Writes all that was taken; it is durable when this returns. */
  public void flush() {
    if (!packs.isEmpty()) {
      var _ = segments.write(packs);
      written++;
      packs.clear();
      size = 0;
    }
  }

  /** How many segments were written. */
  public long written() {
    return written;
  }
}
