package org.mailkeep.engine.backup;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.StoredNode;

/** Takes the place of everything that writes. */
final class DryRun implements ChunkSink, OpenDirectory.Finisher {

  private static final DirectoryNodes NOTHING =
      new DirectoryNodes(
          List.of(
              new StoredNode(
                  0, FileName.of(new byte[0]), new ChunkId(0, 0, 0), Optional::empty, 0)));

  @Override
  public DirectoryNodes finish(OpenDirectory directory, DirectoryContent content) {
    return NOTHING;
  }

  @Override
  public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {}

  @Override
  public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {}
}
