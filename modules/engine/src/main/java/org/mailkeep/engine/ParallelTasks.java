package org.mailkeep.engine;

import java.util.ArrayList;
import java.util.List;
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

  /** Runs all tasks, beginning with the first; throws the failure of one of them. */
  public void run(List<Runnable> tasks) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < Math.min(threadCount, tasks.size()); i++) {
      running.add(threads.submit(() -> takeAll(tasks, next)));
    }
    for (Future<?> future : running) {
      await(future);
    }
  }

  private static void takeAll(List<Runnable> tasks, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
      tasks.get(i).run();
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
