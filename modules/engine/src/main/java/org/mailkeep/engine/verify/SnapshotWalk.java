package org.mailkeep.engine.verify;

import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Walks the trees of snapshots and finds what cannot be restored. A node that was walked before, in
 * this or another snapshot, is not walked again; which ones is kept on disk.
 */
final class SnapshotWalk {

  private final Repository repository;
  private final ChunkReader reader;
  private final TreeReader trees;
  private final ContentReader content;
  private final ChunkIndex index;
  private final LostChunks lost;
  private final StateDatabase state;
  private final Findings findings;
  private final Cancellation cancellation;

  SnapshotWalk(
      Repository repository,
      ChunkReader reader,
      ChunkIndex index,
      LostChunks lost,
      StateDatabase state,
      Findings findings,
      Cancellation cancellation) {
    this.repository = repository;
    this.reader = reader;
    this.trees = new TreeReader(reader);
    this.content = new ContentReader(reader);
    this.index = index;
    this.lost = lost;
    this.state = state;
    this.findings = findings;
    this.cancellation = cancellation;
  }

  void walk(Snapshot snapshot) {
    if (snapshot.manifest().root().body() instanceof Body.Directory root) {
      boolean _ = node(snapshot.id(), RawPath.ROOT, root.root());
    }
  }

  /** Walks what is below, and says whether all of it is there; only then it is not walked again. */
  private boolean node(ObjectId snapshot, RawPath path, ChunkId id) {
    cancellation.check();
    if (state.get(Table.NODES, id.bytes()) != null) {
      return true;
    }
    boolean whole = true;
    try {
      require(id);
      switch (trees.node(id)) {
        case Node.Branch branch -> {
          for (Node.Child child : branch.children()) {
            whole &= node(snapshot, path, child.id());
          }
        }
        case Node.Leaf leaf -> {
          for (Entry entry : leaf.entries()) {
            whole &= entry(snapshot, path.resolve(entry.name()), entry);
          }
        }
      }
    } catch (UnreadableException e) {
      blame(e);
      findings.lost(snapshot, path, e.object());
      return false;
    }
    if (whole) {
      state.put(Table.NODES, id.bytes(), new byte[0]);
    }
    return whole;
  }

  private boolean entry(ObjectId snapshot, RawPath path, Entry entry) {
    return switch (entry.body()) {
      case Body.Directory directory -> node(snapshot, path, directory.root());
      case Body.RegularFile file -> file(snapshot, path, file);
      default -> true;
    };
  }

  private boolean file(ObjectId snapshot, RawPath path, Body.RegularFile file) {
    try {
      content.forEachChunk(file.recipe(), chunk -> require(chunk.id()));
      long length = content.length(file.recipe());
      if (length != file.size()) {
        throw new DamagedException(
            "the recipe of " + path, "it gives " + length + " bytes of " + file.size());
      }
      return true;
    } catch (UnreadableException e) {
      blame(e);
      findings.lost(snapshot, path, e.object());
      return false;
    }
  }

  private void blame(UnreadableException e) {
    if (!findings.isDamaged(e.object())) {
      findings.damaged(e.object(), e);
    }
  }

  private void require(ChunkId id) {
    Optional<String> blamed = lost.blamed(id);
    if (blamed.isPresent() && !isElsewhere(id)) {
      // Once for the pack, not for each of its chunks.
      throw new DamagedException(blamed.get(), "some of its content cannot be read");
    }
    if (!index.contains(id)) {
      throw new DamagedException("chunk " + id, "no pack in the index has it");
    }
  }

  /** Whether a chunk that could not be read in one place can be in another. */
  private boolean isElsewhere(ChunkId id) {
    if (index.findAll(id, BlockInfo.MAX_DEPTH + 1).size() < 2) {
      return false;
    }
    try {
      byte[] _ = reader.read(id);
      return true;
    } catch (UnreadableException | StorageException e) {
      repository.requireReachable(e);
      return false;
    }
  }
}
