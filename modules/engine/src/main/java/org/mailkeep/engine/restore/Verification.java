package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;

/**
 * Compares every byte and all metadata of what is wanted with what the target has now, read from
 * the disk and not from the page cache. Some files at a time, whose content is read from the
 * repository with each block opened once.
 */
final class Verification implements TargetWalk.Visitor {

  private static final long MAX_BYTES = 48L << 20;
  private static final int MAX_FILES = 8192;
  private static final int MAX_DIRECTORIES = 512;

  private final ChunkReader reader;
  private final EntryComparison comparison;
  private final LinkGroups groups;
  private final ParallelTasks tasks;
  private final Cancellation cancellation;
  private final RestoreLog log;
  private final List<FileJob> files = new ArrayList<>();
  private final List<Directory> open = new ArrayList<>();
  private Optional<Directory> current = Optional.empty();
  private long bytes;

  Verification(
      ChunkReader reader,
      EntryComparison comparison,
      LinkGroups groups,
      ParallelTasks tasks,
      Cancellation cancellation,
      RestoreLog log) {
    this.reader = reader;
    this.comparison = comparison;
    this.groups = groups;
    this.tasks = tasks;
    this.cancellation = cancellation;
    this.log = log;
  }

  /** Compares the whole target. */
  void run(WantedTree tree, Directory target) {
    try {
      try (TargetFolder folder = TargetFolder.of(target.duplicate())) {
        TargetWalk.run(tree, folder, this, cancellation);
      }
      flush();
    } finally {
      open.forEach(Directory::close);
    }
  }

  @Override
  public void enter(Wanted wanted, TargetFolder folder) {
    current = Optional.empty();
    if (!wanted.whole()) {
      return;
    }
    if (folder.directory().isEmpty()) {
      log.difference(wanted.path(), folder.isTaken() ? "is no directory" : "is missing");
    } else if (!wanted.isPartial()) {
      report(wanted, folder.directory().get());
    }
  }

  private void report(Wanted wanted, Directory directory) {
    try {
      List<String> differences = comparison.metadata(wanted, directory);
      if (!differences.isEmpty()) {
        log.difference(wanted.path(), String.join(", ", differences));
      }
    } catch (SystemCallException e) {
      log.difference(wanted.path(), "cannot be compared: " + e.problem());
    }
  }

  @Override
  public void leave(Wanted directory, TargetFolder folder) {
    current = Optional.empty();
  }

  @Override
  public void damaged(Wanted directory, UnreadableException damage) {
    log.difference(directory.path(), "cannot all be compared: " + damage.getMessage());
  }

  @Override
  public void file(Wanted file, TargetFolder folder) {
    if (folder.directory().isEmpty()) {
      log.difference(file.path(), "is missing");
      return;
    }
    FileJob job = new FileJob(kept(folder.directory().get()), file.path(), file.entry());
    files.add(job);
    bytes += Math.min(job.weight(), ChunkWindow.LARGE);
    if (bytes >= MAX_BYTES || files.size() >= MAX_FILES || open.size() >= MAX_DIRECTORIES) {
      flush();
    }
  }

  /** The directory, open until the next {@link #flush}, when the walk has long gone on. */
  private Directory kept(Directory directory) {
    if (current.isEmpty()) {
      Directory duplicate = directory.duplicate();
      open.add(duplicate);
      current = Optional.of(duplicate);
    }
    return current.get();
  }

  private void flush() {
    files.stream().filter(job -> job.entry().linkGroup() != 0).forEach(this::compareLink);
    try (ChunkWindow chunks = new ChunkWindow(reader)) {
      chunks.load(files, tasks::run);
      ContentReader content = new ContentReader(chunks);
      tasks.run(files.stream().<Runnable>map(job -> () -> compare(job, content)).toList());
    }
    open.forEach(Directory::close);
    open.clear();
    files.clear();
    current = Optional.empty();
    bytes = 0;
  }

  private void compareLink(FileJob job) {
    Optional<FileStat> stat = job.directory().statIfPresent(job.entry().name());
    if (stat.isEmpty()) {
      return;
    }
    Optional<LinkGroups.First> first = groups.enter(job.path(), job.entry());
    if (first.isEmpty()) {
      groups.keep(job.path(), job.entry(), stat.get());
    } else if (!first.get().isSame(stat.get())) {
      log.difference(job.path(), "is a file of its own, not another name of " + first.get().path());
    }
  }

  private void compare(FileJob job, ContentReader content) {
    cancellation.check();
    try {
      Optional<FileStat> stat = job.directory().statIfPresent(job.entry().name());
      if (stat.isEmpty()) {
        log.difference(job.path(), "is missing");
      } else {
        compare(job, stat.get(), content);
      }
      log.verified(job.entry().size());
    } catch (SystemCallException e) {
      log.difference(job.path(), "cannot be compared: " + e.problem());
    } catch (UnreadableException e) {
      log.difference(job.path(), "cannot be compared: " + e.getMessage());
    }
  }

  private void compare(FileJob job, FileStat stat, ContentReader content) {
    FileType wanted = EntryComparison.typeOf(job.entry().body());
    if (stat.type() != wanted) {
      log.difference(job.path(), "is a " + stat.type() + ", not a " + wanted);
      return;
    }
    List<String> differences = new ArrayList<>();
    if (job.entry().body() instanceof Body.RegularFile file) {
      content(job, file, content).ifPresent(differences::add);
    } else {
      comparison.specialDifference(job, job.entry().body(), stat).ifPresent(differences::add);
    }
    differences.addAll(comparison.metadata(job, stat));
    if (!differences.isEmpty()) {
      log.difference(job.path(), String.join(", ", differences));
    }
  }

  private Optional<String> content(FileJob job, Body.RegularFile file, ContentReader content) {
    dropFromCache(job);
    OptionalLong difference = comparison.contentDifference(job, file, content);
    return difference.isPresent()
        ? Optional.of("other content from byte " + difference.getAsLong() + " on")
        : Optional.empty();
  }

  /** What was written a moment ago would be read back from memory, whatever the disk has. */
  private static void dropFromCache(FileJob job) {
    try (Input input = job.directory().openFile(job.entry().name())) {
      input.willNotNeed();
    }
  }
}
