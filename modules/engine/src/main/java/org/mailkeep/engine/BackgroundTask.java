package org.mailkeep.engine;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks one after the other in a thread of its own, while who gives them goes on. One at most
 * runs and none waits, so that what tasks hold is bounded. For one thread.
 */
public final class BackgroundTask implements AutoCloseable {

  private final ExecutorService thread;
  private Optional<Future<?>> running = Optional.empty();

  /** With a name for its thread. */
  public BackgroundTask(String name) {
    this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
  }

  /** Begins a task once the one before is done, and throws what that failed with. */
  public void begin(Runnable task) {
    finish();
    running = Optional.of(thread.submit(task));
  }

  /** Whether a task is running. */
  public boolean isBusy() {
    return running.filter(task -> !task.isDone()).isPresent();
  }

  /** Waits until nothing runs, and throws what the last task failed with, once. */
  public void finish() {
    Optional<Future<?>> last = running;
    running = Optional.empty();
    if (last.isPresent()) {
      ParallelTasks.await(last.get()).ifPresent(ParallelTasks::rethrow);
    }
  }

  /** Waits for a running task. */
  @Override
  public void close() {
    thread.close();
  }
}
