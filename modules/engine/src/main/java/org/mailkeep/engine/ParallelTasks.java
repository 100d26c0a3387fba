package org.mailkeep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs lists of tasks on a few threads and waits for them. */
public final class ParallelTasks implements AutoCloseable {

  private final int threadCount;
  private final ExecutorService threads;

  /** With so many threads. */
  public ParallelTasks(int threadCount) {
    this.threadCount = threadCount;
    this.threads =
        Executors.newFixedThreadPool(threadCount, Thread.ofPlatform().name("task-", 0).factory());
  }

  /**
   * Runs all tasks, beginning with the first. After a failure no further one is begun, and the
   * failure is thrown when none runs any more.
   */
  public void run(List<Runnable> tasks) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < Math.min(threadCount, tasks.size()); i++) {
      running.add(threads.submit(() -> takeAll(tasks, next)));
    }
    Optional<Throwable> failure = Optional.empty();
    for (Future<?> future : running) {
      Optional<Throwable> other = await(future);
      failure = failure.or(() -> other);
    }
    failure.ifPresent(ParallelTasks::rethrow);
  }

  static void rethrow(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static void takeAll(List<Runnable> tasks, AtomicInteger next) {
    boolean done = false;
    try {
      for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
        tasks.get(i).run();
      }
      done = true;
    } finally {
      if (!done) {
        next.set(tasks.size());
      }
    }
  }

  /** Waits for the end, and gives what it failed with. */
  static Optional<Throwable> await(Future<?> future) {
    try {
      future.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new IllegalStateException(e));
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
