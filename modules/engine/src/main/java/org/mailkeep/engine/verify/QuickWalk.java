package org.mailkeep.engine.verify;

import java.util.Collection;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RequiredChunks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Says whether all snapshots can be restored, in a fraction of the time of a {@link SnapshotWalk},
 * because it looks for all chunks at once. What is missing, and where, it does not say.
 */
final class QuickWalk {

  private final Repository repository;
  private final TreeReader trees;
  private final ContentReader content;
  private final LocalIndex index;
  private final StateDatabase state;
  private final Cancellation cancellation;

  QuickWalk(
      Repository repository,
      ChunkReader reader,
      LocalIndex index,
      StateDatabase state,
      Cancellation cancellation) {
    this.repository = repository;
    this.trees = new TreeReader(reader);
    this.content = new ContentReader(reader);
    this.index = index;
    this.state = state;
    this.cancellation = cancellation;
  }

  /** Whether every chunk of these snapshots is in the index. Leaves nothing in the state. */
  boolean isAllThere(Collection<ObjectId> snapshots) {
    try (RequiredChunks required = new RequiredChunks(index, state.folder());
        Batch batch = state.batch()) {
      try {
        for (ObjectId id : snapshots) {
          Snapshot snapshot = repository.snapshots().load(id);
          if (snapshot.manifest().root().body() instanceof Body.Directory root
              && !node(root.root(), required)) {
            return false;
          }
        }
        return required.find(_ -> cancellation.check()).isEmpty();
      } catch (UnreadableException | NotFoundException e) {
        return false;
      } finally {
        batch.clear(Table.NODES).commit();
      }
    }
  }

  private boolean node(ChunkId id, RequiredChunks required) {
    cancellation.check();
    if (state.get(Table.NODES, id.bytes()) != null) {
      return true;
    }
    required.add(id);
    boolean whole =
        switch (trees.node(id)) {
          case Node.Branch branch ->
              branch.children().stream().allMatch(child -> node(child.id(), required));
          case Node.Leaf leaf -> leaf.entries().stream().allMatch(entry -> entry(entry, required));
        };
    state.put(Table.NODES, id.bytes(), new byte[0]);
    return whole;
  }

  private boolean entry(Entry entry, RequiredChunks required) {
    return switch (entry.body()) {
      case Body.Directory directory -> node(directory.root(), required);
      case Body.RegularFile file -> {
        content.forEachChunk(file.recipe(), chunk -> required.add(chunk.id()));
        yield content.length(file.recipe()) == file.size();
      }
      default -> true;
    };
  }
}
