package org.mailkeep.engine.prune;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RequiredChunks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Marks what snapshots need. Each node is walked once, however many snapshots have it. Beside each
 * node is noted which one stood in its place in the snapshot before, of the same host and sources:
 * should it be written anew, it is written as the difference to that one.
 */
final class Marking {

  private final Repository repository;
  private final LocalIndex index;
  private final Marks marks;
  private final Path folder;
  private final Runnable catchUp;
  private final Cancellation cancellation;
  private final TreeReader trees;
  private final ContentReader content;
  private final Set<ObjectId> walked = new HashSet<>();
  private final Map<String, ChunkId> lastRoots = new HashMap<>();
  private Instant newest = Instant.MIN;

  /**
   * @param folder has room for the ids of all chunks that are needed
   * @param catchUp brings the index up to date: a snapshot that was finished since then refers to
   *     packs that are not in it
   */
  Marking(
      Repository repository,
      LocalIndex index,
      ChunkReader reader,
      Marks marks,
      Path folder,
      Runnable catchUp,
      Cancellation cancellation) {
    this.repository = repository;
    this.index = index;
    this.folder = folder;
    this.catchUp = catchUp;
    this.marks = marks;
    this.cancellation = cancellation;
    this.trees = new TreeReader(reader);
    this.content = new ContentReader(reader);
  }

  /**
   * Marks what all snapshots need that were not walked before.
   *
   * @return whether there were any
   * @throws RefusedException where a snapshot cannot be read, or what it needs is missing: then
   *     nobody knows what else is needed
   */
  boolean walkNew() {
    List<MailkeepException> unusable = new ArrayList<>();
    List<Snapshot> added =
        repository.snapshots().list(unusable::add).stream()
            .filter(snapshot -> !walked.contains(snapshot.id()))
            .toList();
    if (!unusable.isEmpty()) {
      throw refusal(String.valueOf(unusable.getFirst().getMessage()), unusable.getFirst());
    }
    if (!added.isEmpty()) {
      catchUp.run();
    }
    try (RequiredChunks required = new RequiredChunks(index, folder)) {
      // Sorted by time, so that what comes later is the difference to what came before.
      for (Snapshot snapshot : added) {
        walked.add(snapshot.id());
        Instant finished = snapshot.manifest().finished();
        newest = finished.isAfter(newest) ? finished : newest;
        walk(snapshot, required);
      }
      mark(required);
    }
    return !added.isEmpty();
  }

  private void mark(RequiredChunks required) {
    Optional<ChunkId> missing =
        required.find(
            place -> {
              cancellation.check();
              marks.need(place);
            });
    if (missing.isPresent()) {
      String problem = "chunk " + missing.get() + " is damaged: no pack in the index has it";
      throw refusal(problem, new DamagedException("chunk " + missing.get(), problem));
    }
    marks.settle();
  }

  /** When the last of them was finished, by its host's clock. */
  Instant newest() {
    return newest;
  }

  /** How many snapshots were walked. */
  long snapshots() {
    return walked.size();
  }

  private static RefusedException refusal(String problem, Throwable cause) {
    return new RefusedException(
        "What the snapshots need cannot be told: " + problem,
        "Nothing was removed. Run 'mailkeep check', and forget or repair what is damaged.",
        cause);
  }

  private void walk(Snapshot snapshot, RequiredChunks required) {
    if (!(snapshot.manifest().root().body() instanceof Body.Directory root)) {
      return;
    }
    String source =
        snapshot.manifest().host()
            + '\0'
            + snapshot.manifest().sources()
            + snapshot.manifest().profiles().stream().map(p -> p.name()).toList();
    try {
      directory(root.root(), Optional.ofNullable(lastRoots.get(source)), required);
    } catch (UnreadableException e) {
      throw refusal(snapshot.id().shortForm() + ": " + e.getMessage(), e);
    }
    lastRoots.put(source, root.root());
  }

  private void directory(ChunkId root, Optional<ChunkId> before, RequiredChunks required) {
    if (!before.equals(Optional.of(root))) {
      node(root, before.filter(marks::isSeen), required);
    }
  }

  /**
   * @param before the root node of the same directory in the snapshot before
   */
  private void node(ChunkId id, Optional<ChunkId> before, RequiredChunks required) {
    cancellation.check();
    if (marks.isSeen(id)) {
      return;
    }
    required.add(id);
    Node node = trees.node(id);
    Optional<ChunkId> base = before.flatMap(root -> trees.counterpart(root, node));
    marks.see(id, base.filter(other -> !other.equals(id)));
    switch (node) {
      case Node.Branch branch ->
          branch.children().forEach(child -> node(child.id(), before, required));
      case Node.Leaf leaf -> leaf.entries().forEach(entry -> entry(entry, before, required));
    }
  }

  private void entry(Entry entry, Optional<ChunkId> before, RequiredChunks required) {
    switch (entry.body()) {
      case Body.Directory directory -> {
        if (!marks.isSeen(directory.root())) {
          directory(
              directory.root(),
              before
                  .flatMap(root -> trees.find(root, entry.name()))
                  .map(Entry::body)
                  .filter(Body.Directory.class::isInstance)
                  .map(body -> ((Body.Directory) body).root()),
              required);
        }
      }
      case Body.RegularFile file ->
          content.forEachChunk(file.recipe(), chunk -> required.add(chunk.id()));
      default -> {}
    }
  }
}
