package org.mailkeep.engine.backup;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.TreeWriter;

/** Writes the nodes of directories that are complete, and remembers them for the next run. */
final class NodeFinisher implements OpenDirectory.Finisher {

  private final KeySet keys;
  private final ChunkSink sink;
  private final DirectoryMemory memory;
  private final ConcurrentLinkedQueue<ChunkHasher> hashers = new ConcurrentLinkedQueue<>();

  NodeFinisher(KeySet keys, ChunkSink sink, DirectoryMemory memory) {
    this.keys = keys;
    this.sink = sink;
    this.memory = memory;
  }

  @Override
  public DirectoryNodes finish(
      OpenDirectory directory, List<Scanned> entries, long files, long size) {
    ChunkHasher known = hashers.poll();
    ChunkHasher hasher = known != null ? known : keys.hasher();
    List<Entry> plain = entries.stream().map(Scanned::entry).toList();
    DirectoryNodes nodes = new TreeWriter(hasher, sink).write(plain, directory.known().nodes());
    OpenDirectory.Facts facts = directory.facts();
    boolean settled =
        !directory.isUnsettled() && entries.stream().noneMatch(NodeFinisher::isDirectory);
    memory.save(
        memory.key(hasher, facts.path()),
        directory.known(),
        facts.stat(),
        facts.scannedAt(),
        settled,
        files,
        size,
        directory.signature(entries),
        nodes,
        entries);
    hashers.add(hasher);
    return nodes;
  }

  /** What changes in a directory below does not show in the times of the one above. */
  private static boolean isDirectory(Scanned scanned) {
    return scanned.entry().body() instanceof Body.Directory;
  }
}
