package org.mailkeep.engine.backup;

import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;

/** Takes the place of everything that writes. */
final class DryRun implements ChunkSink, OpenDirectory.Finisher {

  private static final ChunkId NO_NODE = new ChunkId(0, 0, 0);

  @Override
  public OpenDirectory.Finished finish(OpenDirectory directory, DirectoryContent content) {
    return new OpenDirectory.Finished(NO_NODE, ContentTotals.of(content));
  }

  @Override
  public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {}

  @Override
  public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {}
}
