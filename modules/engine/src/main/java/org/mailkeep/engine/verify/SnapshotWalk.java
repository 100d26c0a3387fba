package org.mailkeep.engine.verify;

import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Walks the trees of snapshots and finds what cannot be restored. A node that was walked before, in
 * this or another snapshot, is not walked again; which ones is kept on disk.
 */
final class SnapshotWalk {

  private final TreeReader trees;
  private final ContentReader content;
  private final ChunkIndex index;
  private final LostChunks lost;
  private final StateDatabase state;
  private final Findings findings;
  private final Cancellation cancellation;

  SnapshotWalk(
      ChunkReader reader,
      ChunkIndex index,
      LostChunks lost,
      StateDatabase state,
      Findings findings,
      Cancellation cancellation) {
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
      node(snapshot.id(), RawPath.ROOT, root.root());
    }
  }

  private void node(ObjectId snapshot, RawPath path, ChunkId id) {
    cancellation.check();
    if (state.get(Table.NODES, id.bytes()) != null) {
      return;
    }
    try {
      switch (trees.node(id)) {
        case Node.Branch branch ->
            branch.children().forEach(child -> node(snapshot, path, child.id()));
        case Node.Leaf leaf ->
            leaf.entries().forEach(entry -> entry(snapshot, path.resolve(entry.name()), entry));
      }
      state.put(Table.NODES, id.bytes(), new byte[0]);
    } catch (DamagedException e) {
      findings.damaged(e.object(), e);
      findings.lost(snapshot, path);
    }
  }

  private void entry(ObjectId snapshot, RawPath path, Entry entry) {
    switch (entry.body()) {
      case Body.Directory directory -> node(snapshot, path, directory.root());
      case Body.RegularFile file -> file(snapshot, path, file);
      default -> {}
    }
  }

  private void file(ObjectId snapshot, RawPath path, Body.RegularFile file) {
    try {
      content.forEachChunk(file.recipe(), this::require);
      long length = content.length(file.recipe());
      if (length != file.size()) {
        throw new DamagedException(
            "the recipe of " + path, "it gives " + length + " bytes of " + file.size());
      }
    } catch (DamagedException e) {
      findings.damaged(e.object(), e);
      findings.lost(snapshot, path);
    }
  }

  private void require(ChunkRef chunk) {
    ChunkId id = chunk.id();
    if (!index.contains(id)) {
      throw new DamagedException("chunk " + id, "no pack in the index has it");
    }
    if (lost.contains(id)) {
      // Once for the pack, not for each of its chunks.
      String pack =
          index
              .find(id)
              .map(place -> PackReader.name(place.block().pack()).toString())
              .orElse("chunk " + id);
      throw new DamagedException(pack, "some of its content cannot be read");
    }
  }
}
