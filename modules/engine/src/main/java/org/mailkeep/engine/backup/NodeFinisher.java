package org.mailkeep.engine.backup;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.tree.DirectoryWriter;
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
  public OpenDirectory.Finished finish(OpenDirectory directory, DirectoryContent content) {
    Tools known = tools.poll();
    Tools own = known != null ? known : Tools.of(keys);
    KnownDirectory before = directory.known();
    ContentTotals totals = new ContentTotals();
    byte[] key = memory.key(own.hasher, directory.path());
    try (DirectoryMemory.Update update = memory.update(key, before, own.sums)) {
      DirectoryWriter writer = new TreeWriter(own.hasher, sink).begin(before.nodes(), update);
      content.forEach(
          part -> {
            totals.add(part);
            write(part, content, writer, update);
          });
      ChunkId root = writer.end().root();
      update.finish(summary(directory, root, totals));
      tools.add(own);
      return new OpenDirectory.Finished(root, totals);
    }
  }

  private static void write(
      DirectoryContent.Part part,
      DirectoryContent content,
      DirectoryWriter writer,
      DirectoryMemory.Update update) {
    switch (part) {
      case DirectoryContent.Part.Added(Scanned scanned) -> write(scanned, writer, update);
      case DirectoryContent.Part.Kept(KnownLeaf leaf) -> {
        if (writer.keep(leaf.node())) {
          update.kept(leaf);
        } else {
          content.entries(leaf).forEach(scanned -> write(scanned, writer, update));
        }
      }
    }
  }

  private static void write(
      Scanned scanned, DirectoryWriter writer, DirectoryMemory.Update update) {
    update.adding(scanned);
    writer.add(scanned.entry());
  }

  private static KnownDirectory.Summary summary(
      OpenDirectory directory, ChunkId root, ContentTotals totals) {
    FileStat stat = directory.facts().stat();
    // What changes in a directory below does not show in the times of the one above.
    boolean settled = !directory.isUnsettled() && !totals.hasDirectories();
    return new KnownDirectory.Summary(
        false,
        settled,
        directory.facts().scannedAt(),
        stat.inode(),
        stat.mtimeSeconds(),
        stat.mtimeNanos(),
        stat.ctimeSeconds(),
        stat.ctimeNanos(),
        root,
        totals.files(),
        totals.size(),
        directory.signature(totals.directories()));
  }
}
