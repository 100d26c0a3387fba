package org.mailkeep.engine.copy;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** Copies to the same repository in another place: all objects as they are. */
final class SameKeys implements CopyWay {

  private final CopyPlaces places;
  private final StoredCopy stored;
  private final PackCopy packs;
  private final TreeReader trees;
  private final ContentReader content;
  private final Cancellation cancellation;
  private final boolean verify;
  private final Set<ObjectId> present;
  private long snapshotBytes;

  SameKeys(CopyPlaces places, ChunkReader reader, CopySettings settings, CopyObserver observer) {
    this.places = places;
    this.verify = settings.verify();
    this.stored = new StoredCopy(places.target().storage(), settings.verify());
    this.packs = new PackCopy(places, stored, settings, observer);
    this.trees = new TreeReader(reader);
    this.content = new ContentReader(reader);
    this.cancellation = settings.cancellation();
    this.present = new HashSet<>(places.target().snapshots().ids());
  }

  @Override
  public boolean has(Snapshot snapshot) {
    return present.contains(snapshot.id());
  }

  @Override
  public Optional<ObjectId> there(ObjectId snapshot) {
    return present.contains(snapshot) ? Optional.of(snapshot) : Optional.empty();
  }

  @Override
  public void copy(Snapshot snapshot) {
    CopiedNodes nodes = places.nodes();
    if (snapshot.manifest().root().body() instanceof Body.Directory root) {
      try {
        node(root.root(), nodes);
      } finally {
        // What is under way ends before anything else is done, also after a failure.
        packs.drain();
      }
    }
    places.publish(verify);
    places.requireUnpruned();
    byte[] bytes = places.source().snapshots().object(snapshot.id());
    stored.put(ObjectNames.of(ObjectKind.SNAPSHOT, snapshot.id()), bytes);
    snapshotBytes += bytes.length;
    present.add(snapshot.id());
    nodes.complete();
  }

  private void node(ChunkId id, CopiedNodes nodes) {
    cancellation.check();
    if (nodes.whole(id).isPresent()) {
      return;
    }
    packs.require(id);
    switch (trees.node(id)) {
      case Node.Branch branch -> branch.children().forEach(child -> node(child.id(), nodes));
      case Node.Leaf leaf -> leaf.entries().forEach(entry -> entry(entry, nodes));
    }
    nodes.add(id, id);
  }

  private void entry(Entry entry, CopiedNodes nodes) {
    switch (entry.body()) {
      case Body.Directory directory -> node(directory.root(), nodes);
      case Body.RegularFile file ->
          content.forEachChunk(file.recipe(), chunk -> packs.require(chunk.id()));
      default -> {}
    }
  }

  @Override
  public long storedBytes() {
    return packs.storedBytes() + snapshotBytes;
  }

  @Override
  public void close() {
    packs.close();
  }
}
