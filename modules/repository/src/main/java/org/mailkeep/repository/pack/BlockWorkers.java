package org.mailkeep.repository.pack;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.repository.block.Compression;

/**
 * Threads that compress and store blocks. No more than two blocks a thread are under way; who
 * brings one more waits. The first failure is thrown to whoever comes next. Without threads, who
 * brings a block does the work.
 */
final class BlockWorkers implements AutoCloseable {

  private static final int BLOCKS_PER_THREAD = 2;

  /** More than bring blocks at a time. */
  private static final int CALLERS = 1 << 20;

  private final int permits;
  private final Semaphore room;
  private final ExecutorService threads;
  private final Executor executor;
  private final int level;
  private final ConcurrentLinkedQueue<Compression> idle = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  BlockWorkers(int count, int level) {
    this.permits = count == 0 ? CALLERS : count * BLOCKS_PER_THREAD;
    this.room = new Semaphore(permits);
    this.level = level;
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(1, count), Thread.ofPlatform().name("block-", 0).factory());
    this.executor = count == 0 ? Runnable::run : threads;
  }

  void submit(Consumer<Compression> work) {
    throwFailure();
    room.acquireUninterruptibly();
    executor.execute(() -> run(work));
  }

  private void run(Consumer<Compression> work) {
    try {
      if (failure.get() == null) {
        runWithCompression(work);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      room.release();
    }
  }

  private void runWithCompression(Consumer<Compression> work) {
    Compression known = idle.poll();
    Compression compression = known != null ? known : new Compression(level);
    try {
      work.accept(compression);
    } finally {
      idle.add(compression);
    }
  }

  /** From now on everybody is thrown this, if nothing else failed before. */
  void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  /** Waits until nothing is under way. */
  void drain() {
    room.acquireUninterruptibly(permits);
    room.release(permits);
    throwFailure();
  }

  void throwFailure() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.close();
    for (Compression compression = idle.poll(); compression != null; compression = idle.poll()) {
      compression.close();
    }
  }
}
