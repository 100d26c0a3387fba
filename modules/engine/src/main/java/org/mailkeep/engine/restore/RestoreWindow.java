package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.mailkeep.engine.BackgroundTask;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.restore.Decisions.Decision;
import org.mailkeep.repository.pack.ChunkReader;

/**
 * Some files, links and directories in the order of the tree, restored together: what becomes of
 * each is decided, then content is written, each block opened once, then hard links are made, then
 * directories that are complete get their metadata. All this is done in the background while the
 * next window is filled. Its size is bounded by content, by number, and by open directories. For
 * one thread.
 */
final class RestoreWindow implements AutoCloseable {

  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_RUN = 4L << 20;
  private static final int MAX_FILES = 8192;
  private static final int MAX_DIRECTORIES = 256;

  private final ChunkReader reader;
  private final FileRestore work;
  private final DirectoryFinish finish;
  private final ParallelTasks tasks;
  private final WrittenFileSystems fileSystems;
  private final Cancellation cancellation;
  private final BackgroundTask writer = new BackgroundTask("restore");
  private List<FileJob> files = new ArrayList<>();
  private List<FileJob> furtherNames = new ArrayList<>();
  private List<RestoredDirectory> finished = new ArrayList<>();
  private long bytes;

  RestoreWindow(
      ChunkReader reader,
      FileRestore work,
      DirectoryFinish finish,
      ParallelTasks tasks,
      WrittenFileSystems fileSystems,
      Cancellation cancellation) {
    this.reader = reader;
    this.work = work;
    this.finish = finish;
    this.tasks = tasks;
    this.fileSystems = fileSystems;
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
      begin();
    }
  }

  /** Returns when all that was added is restored. */
  void flush() {
    begin();
    writer.finish();
  }

  private void begin() {
    Contents contents = new Contents(files, furtherNames, finished, bytes);
    files = new ArrayList<>();
    furtherNames = new ArrayList<>();
    finished = new ArrayList<>();
    bytes = 0;
    writer.begin(() -> restore(contents));
  }

  private void write(Contents window, List<Optional<Decision>> decided, ContentReader content) {
    List<FileJob> jobs = window.files;
    tasks.run(
        runs(jobs).stream()
            .<Runnable>map(
                run ->
                    () ->
                        run.forEach(
                            i -> {
                              cancellation.check();
                              decided.get(i).ifPresent(d -> work.perform(jobs.get(i), d, content));
                            }))
            .toList());
    window.furtherNames.forEach(job -> work.link(job, content));
  }

  /** What a window held when it was full. */
  private record Contents(
      List<FileJob> files,
      List<FileJob> furtherNames,
      List<RestoredDirectory> finished,
      long bytes) {}

  private void restore(Contents window) {
    try {
      List<FileJob> jobs = window.files;
      List<Optional<Decision>> decided = decide(jobs);
      try (ChunkWindow chunks = new ChunkWindow(reader)) {
        chunks.load(written(jobs, decided), tasks::run);
        write(window, decided, new ContentReader(chunks));
      }
      window.finished.forEach(finish::finish);
    } finally {
      window.finished.forEach(RestoredDirectory::close);
    }
    fileSystems.wrote(window.bytes);
  }

  /**
   * The jobs as one thread after the other takes them, by their numbers. Those of a directory stay
   * together up to some amount, for the kernel lets only one thread at a time make names in it.
   */
  private static List<List<Integer>> runs(List<FileJob> jobs) {
    List<List<Integer>> runs = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < jobs.size(); i++) {
      boolean isSame = i > 0 && jobs.get(i).directory() == jobs.get(i - 1).directory();
      if (!isSame || bytes >= MAX_RUN) {
        runs.add(new ArrayList<>());
        bytes = 0;
      }
      runs.getLast().add(i);
      bytes += jobs.get(i).weight();
    }
    return runs;
  }

  private List<Optional<Decision>> decide(List<FileJob> jobs) {
    List<Optional<Decision>> decided =
        new ArrayList<>(Collections.nCopies(jobs.size(), Optional.empty()));
    forEach(jobs, i -> decided.set(i, work.decide(jobs.get(i))));
    return decided;
  }

  private static List<FileJob> written(List<FileJob> jobs, List<Optional<Decision>> decided) {
    return IntStream.range(0, jobs.size())
        .filter(i -> decided.get(i).filter(d -> d.change().isWritten()).isPresent())
        .mapToObj(jobs::get)
        .toList();
  }

  private void forEach(List<FileJob> jobs, IntConsumer action) {
    tasks.run(
        IntStream.range(0, jobs.size())
            .<Runnable>mapToObj(
                i ->
                    () -> {
                      cancellation.check();
                      action.accept(i);
                    })
            .toList());
  }

  /** Waits for what is being done, and gives up what was not begun. */
  @Override
  public void close() {
    writer.close();
    finished.forEach(RestoredDirectory::close);
  }
}
