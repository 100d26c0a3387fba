package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentWriter;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.engine.content.MessageWatch;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.Input;

/**
 * Reads files on worker threads, some files of one directory at a time, in the order in which they
 * were submitted. No more batches are waiting than there is room for; who submits one more waits.
 * Where there is to be one thread only, who submits reads.
 */
final class FileReading implements AutoCloseable {

  /**
   * Files in a batch: enough to be worth a hand-over, few enough to share out a large directory.
   */
  private static final int BATCH = 64;

  /** Batches under way at most, which bounds open directories too. */
  private static final int BATCHES = 32;

  /** A file that changes while it is read is read again, but not for ever. */
  private static final int ATTEMPTS = 3;

  /**
   * A file to be read.
   *
   * @param message whether it is a message in a Maildir
   * @param before what the last run saw under this name
   */
  record Job(Found found, boolean message, Optional<Entry> before) {
    FileName name() {
      return found.name();
    }

    FileStat stat() {
      return found.stat();
    }
  }

  private final KeySet keys;
  private final ChunkSink sink;
  private final ChunkIndex index;
  private final ScanLog log;
  private final BackupObserver observer;
  private final Cancellation cancellation;
  private final boolean dryRun;
  private final Supplier<MessageWatch> watches;
  private final LongAdder readBytes = new LongAdder();
  private final Semaphore room = new Semaphore(BATCHES);
  private final ExecutorService threads;
  private final Executor executor;
  private final ConcurrentLinkedQueue<ContentWriter> writers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ChunkHasher> hashers = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  FileReading(
      KeySet keys,
      ChunkSink sink,
      ChunkIndex index,
      ScanLog log,
      BackupObserver observer,
      Cancellation cancellation,
      int threadCount,
      boolean dryRun,
      Supplier<MessageWatch> watches) {
    this.keys = keys;
    this.sink = sink;
    this.index = index;
    this.log = log;
    this.observer = observer;
    this.cancellation = cancellation;
    this.dryRun = dryRun;
    this.watches = watches;
    this.threads =
        Executors.newFixedThreadPool(threadCount, Thread.ofPlatform().name("read-", 0).factory());
    // The pool makes its threads when they are needed, so then never.
    this.executor = threadCount == 1 ? Runnable::run : threads;
  }

  /** Whether the repository has all that the entry's content needs. */
  boolean isStored(Entry entry) {
    return entry.body() instanceof Body.RegularFile file
        && file.recipe() instanceof Recipe.Direct direct
        && direct.segments().stream().allMatch(this::isStored);
  }

  private boolean isStored(Segment segment) {
    return switch (segment) {
      case Segment.Hole _ -> true;
      case Segment.Literal literal -> index.contains(literal.chunk().id());
      case Segment.Base64 base64 ->
          base64.chunks().stream().allMatch(chunk -> index.contains(chunk.id()));
    };
  }

  /** A number that the names of one file share, 0 for a file with one name. */
  long linkGroup(ChunkHasher hasher, FileStat stat) {
    if (stat.links() < 2) {
      return 0;
    }
    byte[] file = new ByteWriter(16).u64(stat.device()).u64(stat.inode()).toByteArray();
    long group = hasher.id(file, 0, file.length).a();
    return group == 0 ? 1 : group;
  }

  /** Reads these files of a directory, which may be closed once this returns. */
  void submit(Directory directory, OpenDirectory open, Iterable<Job> jobs) {
    Iterator<Job> rest = jobs.iterator();
    while (rest.hasNext()) {
      throwFailure();
      List<Job> batch = new ArrayList<>(BATCH);
      while (batch.size() < BATCH && rest.hasNext()) {
        batch.add(rest.next());
      }
      Directory own = directory.duplicate();
      open.expect();
      room.acquireUninterruptibly();
      executor.execute(() -> run(own, open, batch));
    }
  }

  private void run(Directory directory, OpenDirectory open, List<Job> batch) {
    ContentWriter known = writers.poll();
    ChunkHasher knownHasher = hashers.poll();
    try (directory) {
      ContentWriter writer = known != null ? known : new ContentWriter(keys, sink, watches.get());
      ChunkHasher hasher = knownHasher != null ? knownHasher : keys.hasher();
      for (Job job : batch) {
        if (cancellation.isRequested() || failure.get() != null) {
          return;
        }
        read(directory, open, job, writer, hasher);
      }
      writer.watch().rest();
      writers.add(writer);
      hashers.add(hasher);
      open.done();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      room.release();
    }
  }

  private void read(
      Directory directory, OpenDirectory open, Job job, ContentWriter writer, ChunkHasher hasher) {
    observer.reading(open.path().resolve(job.name()));
    try {
      readBytes.add(job.stat().size());
      Optional<Scanned> scanned =
          dryRun ? Optional.of(unread(job)) : readStable(directory, open, job, writer, hasher);
      if (scanned.isPresent()) {
        open.add(scanned.get());
        log.examined(job.before(), scanned.get().entry());
      }
      observer.entries(1, job.stat().size());
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT) {
        log.unreadable(open.path().resolve(job.name()), e.problem());
        open.unsettle();
      }
    }
  }

  private static Scanned unread(Job job) {
    Body body = new Body.RegularFile(job.stat().size(), Recipe.EMPTY);
    Entry entry = new Entry(job.name(), FileMetadata.of(job.stat(), List.of()), body, 0);
    return new Scanned(entry, job.stat().inode(), 0, 0);
  }

  /** The bytes of the files that were read, or in a dry run would be. */
  long readBytes() {
    return readBytes.sum();
  }

  /** The file as it is, read again while it changes; empty where it is gone. */
  private Optional<Scanned> readStable(
      Directory directory, OpenDirectory open, Job job, ContentWriter writer, ChunkHasher hasher) {
    Optional<Scanned> last = Optional.empty();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<MovingFile.Opened> opened = MovingFile.open(directory, job);
      if (opened.isEmpty()) {
        return last;
      }
      try (Input input = opened.get().input()) {
        FileStat before = input.statAtOpen();
        FileName name = opened.get().name();
        writer.watch().file(open.path(), name);
        last = Optional.of(readOnce(input, before, name, job.message(), writer, hasher));
        input.leaveCacheAsFound();
        if (isSame(before, input.stat())) {
          return last;
        }
      }
    }
    open.unsettle();
    return last;
  }

  private Scanned readOnce(
      Input input,
      FileStat stat,
      FileName name,
      boolean message,
      ContentWriter writer,
      ChunkHasher hasher) {
    ContentWriter.Stored stored = store(input, stat, message, writer);
    Entry entry =
        new Entry(
            name,
            FileMetadata.of(stat, input),
            new Body.RegularFile(stored.size(), stored.recipe()),
            linkGroup(hasher, stat));
    return new Scanned(entry, stat.inode(), stat.ctimeSeconds(), stat.ctimeNanos());
  }

  private static ContentWriter.Stored store(
      Input input, FileStat stat, boolean message, ContentWriter writer) {
    if (message) {
      Optional<ContentWriter.Stored> split = writer.message(input::read, stat.size());
      if (split.isPresent()) {
        return split.get();
      }
      input.position(0);
    }
    boolean sparse = stat.blocks512() * 512 < stat.size();
    Holes holes = sparse ? new FileHoles(input, stat.size()) : Holes.NONE;
    return writer.file(input::read, stat.size(), holes);
  }

  private static boolean isSame(FileStat a, FileStat b) {
    return a.size() == b.size()
        && a.mtimeSeconds() == b.mtimeSeconds()
        && a.mtimeNanos() == b.mtimeNanos();
  }

  private void throwFailure() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Waits until all that was submitted is read. */
  void drain() {
    room.acquireUninterruptibly(BATCHES);
    room.release(BATCHES);
    throwFailure();
    cancellation.check();
  }

  @Override
  public void close() {
    threads.close();
  }
}
