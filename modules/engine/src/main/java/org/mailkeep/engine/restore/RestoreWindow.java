package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.restore.Decisions.Decision;
import org.mailkeep.repository.pack.ChunkReader;

/**
 * Some files, links and directories in the order of the tree, restored together: what becomes of
 * each is decided, then content is written, each block opened once, then hard links are made, then
 * directories that are complete get their metadata. Its size is bounded by content, by number, and
 * by open directories. For one thread.
 */
final class RestoreWindow {

  private static final long MAX_BYTES = 48L << 20;
  private static final int MAX_FILES = 8192;
  private static final int MAX_DIRECTORIES = 512;

  private final ChunkReader reader;
  private final FileRestore work;
  private final DirectoryFinish finish;
  private final ParallelTasks tasks;
  private final Cancellation cancellation;
  private final List<FileJob> files = new ArrayList<>();
  private final List<FileJob> furtherNames = new ArrayList<>();
  private final List<RestoredDirectory> finished = new ArrayList<>();
  private long bytes;

  RestoreWindow(
      ChunkReader reader,
      FileRestore work,
      DirectoryFinish finish,
      ParallelTasks tasks,
      Cancellation cancellation) {
    this.reader = reader;
    this.work = work;
    this.finish = finish;
    this.tasks = tasks;
    this.cancellation = cancellation;
  }

  void add(FileJob job) {
    cancellation.check();
    if (work.isFurtherName(job)) {
      furtherNames.add(job);
    } else {
      files.add(job);
      bytes += Math.min(job.weight(), ChunkWindow.LARGE);
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
        || files.size() + furtherNames.size() >= MAX_FILES
        || finished.size() >= MAX_DIRECTORIES) {
      flush();
    }
  }

  void flush() {
    List<Optional<Decision>> decided = decide();
    ChunkWindow chunks = new ChunkWindow(reader);
    chunks.load(written(decided), tasks::run);
    ContentReader content = new ContentReader(chunks);
    forEachFile(i -> decided.get(i).ifPresent(d -> work.perform(files.get(i), d, content)));
    furtherNames.forEach(job -> work.link(job, content));
    finished.forEach(finish::finish);
    finished.forEach(RestoredDirectory::close);
    files.clear();
    furtherNames.clear();
    finished.clear();
    bytes = 0;
  }

  private List<Optional<Decision>> decide() {
    List<Optional<Decision>> decided =
        new ArrayList<>(Collections.nCopies(files.size(), Optional.empty()));
    forEachFile(i -> decided.set(i, work.decide(files.get(i))));
    return decided;
  }

  private List<FileJob> written(List<Optional<Decision>> decided) {
    return IntStream.range(0, files.size())
        .filter(i -> decided.get(i).filter(d -> d.change().isWritten()).isPresent())
        .mapToObj(files::get)
        .toList();
  }

  private void forEachFile(IntConsumer action) {
    tasks.run(
        IntStream.range(0, files.size())
            .<Runnable>mapToObj(
                i ->
                    () -> {
                      cancellation.check();
                      action.accept(i);
                    })
            .toList());
  }
}
