package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.pack.ChunkReader;

/**
 * Some files, links and directories in the order of the tree, restored together: content first,
 * each block opened once, then hard links, then the metadata of directories that are complete. Its
 * size is bounded by content, by number, and by open directories. For one thread.
 */
final class RestoreWindow {

  private static final long MAX_BYTES = 48L << 20;
  private static final int MAX_FILES = 8192;
  private static final int MAX_DIRECTORIES = 512;

  /** Files from this size on are written block by block, not held in memory. */
  private static final long LARGE = 8L << 20;

  private final ChunkReader reader;
  private final FileWriting writing;
  private final HardLinks links;
  private final MetadataWriter metadata;
  private final ParallelTasks tasks;
  private final Cancellation cancellation;
  private final List<FileJob> files = new ArrayList<>();
  private final List<FileJob> linkJobs = new ArrayList<>();
  private final List<RestoredDirectory> finished = new ArrayList<>();
  private long bytes;

  RestoreWindow(
      ChunkReader reader,
      FileWriting writing,
      HardLinks links,
      MetadataWriter metadata,
      ParallelTasks tasks,
      Cancellation cancellation) {
    this.reader = reader;
    this.writing = writing;
    this.links = links;
    this.metadata = metadata;
    this.tasks = tasks;
    this.cancellation = cancellation;
  }

  void add(FileJob job) {
    cancellation.check();
    var _ = job.directory().open();
    if (job.entry().linkGroup() != 0 && links.isKnown(job)) {
      linkJobs.add(job);
    } else {
      files.add(job);
      bytes += Math.min(job.weight(), LARGE);
    }
    flushIfFull();
  }

  /** The directory has all its entries in this window or an earlier one. */
  void finish(RestoredDirectory directory) {
    finished.add(directory);
    flushIfFull();
  }

  private void flushIfFull() {
    if (bytes >= MAX_BYTES
        || files.size() + linkJobs.size() >= MAX_FILES
        || finished.size() >= MAX_DIRECTORIES) {
      flush();
    }
  }

  void flush() {
    ChunkWindow chunks = new ChunkWindow(reader);
    chunks.load(wantedChunks(), tasks::run);
    ContentReader content = new ContentReader(chunks);
    tasks.run(files.stream().<Runnable>map(job -> () -> write(job, content)).toList());
    linkJobs.forEach(job -> links.link(job, writing, content));
    finished.forEach(directory -> directory.finish(metadata));
    finished.forEach(RestoredDirectory::close);
    files.clear();
    linkJobs.clear();
    finished.clear();
    bytes = 0;
  }

  private void write(FileJob job, ContentReader content) {
    cancellation.check();
    if (writing.write(job, content)) {
      links.restored(job);
    }
  }

  private Set<ChunkId> wantedChunks() {
    Set<ChunkId> wanted = new LinkedHashSet<>();
    for (FileJob job : files) {
      if (job.weight() < LARGE
          && job.entry().body() instanceof Body.RegularFile file
          && file.recipe() instanceof Recipe.Direct direct) {
        for (Segment segment : direct.segments()) {
          switch (segment) {
            case Segment.Literal literal -> wanted.add(literal.chunk().id());
            case Segment.Base64 base64 -> base64.chunks().forEach(c -> wanted.add(c.id()));
            case Segment.Hole _ -> {}
          }
        }
      }
    }
    return wanted;
  }
}
