package org.mailkeep.engine.backup;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.TreeWriter;
import org.mailkeep.unix.FileStat;

/** Writes the nodes of directories that are complete, and remembers them for the next run. */
final class NodeFinisher implements OpenDirectory.Finisher {

  private final KeySet keys;
  private final ChunkSink sink;
  private final DirectoryMemory memory;
  private final ConcurrentLinkedQueue<Tools> tools = new ConcurrentLinkedQueue<>();

  /** What one thread needs. */
  private record Tools(ChunkHasher hasher, EntrySums sums) {
    static Tools of(KeySet keys) {
      return new Tools(keys.hasher(), EntrySums.of(keys.hasher()));
    }
  }

  NodeFinisher(KeySet keys, ChunkSink sink, DirectoryMemory memory) {
    this.keys = keys;
    this.sink = sink;
    this.memory = memory;
  }

  @Override
  public DirectoryNodes finish(OpenDirectory directory, DirectoryContent content) {
    Tools known = tools.poll();
    Tools own = known != null ? known : Tools.of(keys);
    DirectoryNodes nodes =
        new TreeWriter(own.hasher, sink).writeStretches(content.parts(), directory.known().nodes());
    memory.save(
        memory.key(own.hasher, directory.path()),
        directory.known(),
        summary(directory, content, nodes),
        nodes,
        content,
        own.sums);
    tools.add(own);
    return nodes;
  }

  private static KnownDirectory.Summary summary(
      OpenDirectory directory, DirectoryContent content, DirectoryNodes nodes) {
    FileStat stat = directory.facts().stat();
    boolean settled =
        !directory.isUnsettled() && content.others().stream().noneMatch(NodeFinisher::isDirectory);
    return new KnownDirectory.Summary(
        false,
        settled,
        directory.facts().scannedAt(),
        stat.inode(),
        stat.mtimeSeconds(),
        stat.mtimeNanos(),
        stat.ctimeSeconds(),
        stat.ctimeNanos(),
        nodes.root(),
        content.files(),
        content.size(),
        directory.signature(content));
  }

  /** What changes in a directory below does not show in the times of the one above. */
  private static boolean isDirectory(Scanned scanned) {
    return scanned.entry().body() instanceof Body.Directory;
  }
}
