package org.mailkeep.engine.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.repository.tree.TreeWriter;

/**
 * Writes trees again without what is lost. A directory whose list of names is lost in part keeps
 * the rest; one that has lost all of it stays, empty, with its owner and mode. Memory holds the
 * entries of the damaged directories on one path.
 */
final class TreeSalvage {

  private final TreeReader reader;
  private final TreeWriter writer;

  TreeSalvage(ChunkReader reader, ChunkHasher hasher, ChunkSink sink) {
    this.reader = new TreeReader(reader);
    this.writer = new TreeWriter(hasher, sink);
  }

  /**
   * A snapshot's root directory without what is lost, its new nodes stored.
   *
   * @param dryRun whether nothing is to be stored
   * @return empty where nothing of it can be read
   */
  Optional<Entry> withoutLost(Entry root, WholeTrees trees, LostFiles log, boolean dryRun) {
    Entry left = directory(root, RawPath.ROOT, trees, log, dryRun);
    return left.body() instanceof Body.Directory directory && directory.files() == 0
        ? Optional.empty()
        : Optional.of(left);
  }

  private Entry directory(
      Entry entry, RawPath path, WholeTrees trees, LostFiles log, boolean dryRun) {
    Body.Directory directory = (Body.Directory) entry.body();
    if (trees.isWhole(entry)) {
      return entry;
    }
    List<Entry> left = new ArrayList<>();
    for (Entry child : names(directory.root(), path, log)) {
      RawPath place = path.resolve(child.name());
      switch (child.body()) {
        case Body.Directory _ -> left.add(directory(child, place, trees, log, dryRun));
        case Body.RegularFile file ->
            trees
                .problem(file)
                .ifPresentOrElse(problem -> log.lost(place, problem), () -> left.add(child));
        default -> left.add(child);
      }
    }
    ChunkId root = dryRun ? directory.root() : writer.write(left, DirectoryNodes.NONE).root();
    Body.Directory body =
        new Body.Directory(
            root,
            left.stream().mapToLong(Entry::files).sum(),
            left.stream().mapToLong(Entry::size).sum(),
            directory.partial());
    return new Entry(entry.name(), entry.metadata(), body, entry.linkGroup());
  }

  /** The entries of a directory that can be read. */
  private List<Entry> names(ChunkId root, RawPath path, LostFiles log) {
    List<Entry> names = new ArrayList<>();
    addNames(root, path, log, names);
    return names;
  }

  private void addNames(ChunkId node, RawPath path, LostFiles log, List<Entry> names) {
    try {
      switch (reader.node(node)) {
        case Node.Branch branch ->
            branch.children().forEach(child -> addNames(child.id(), path, log, names));
        case Node.Leaf leaf -> leaf.entries().forEach(entry -> addInOrder(entry, names));
      }
    } catch (DamagedException e) {
      log.lost(path, "part of its list of names: " + e.getMessage());
    }
  }

  /** A forged tree may have names out of order; such a one must not be written again. */
  private static void addInOrder(Entry entry, List<Entry> names) {
    if (names.isEmpty() || names.getLast().name().compareTo(entry.name()) < 0) {
      names.add(entry);
    }
  }
}
