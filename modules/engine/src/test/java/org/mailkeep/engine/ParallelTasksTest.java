package org.mailkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelTasksTest {

  @Test
  void every_task_runs_once() {
    AtomicInteger runs = new AtomicInteger();
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      tasks.add(runs::incrementAndGet);
    }
    try (ParallelTasks threads = new ParallelTasks(3)) {
      threads.run(tasks);
      assertThat(runs).hasValue(1000);
      threads.run(List.of());
      threads.run(List.of(runs::incrementAndGet));
      assertThat(runs).hasValue(1001);
    }
  }

  @Test
  void a_failure_is_thrown_when_no_task_runs_any_more_and_no_further_one_begins() {
    AtomicBoolean running = new AtomicBoolean();
    AtomicInteger later = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    List<Runnable> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          awaitQuietly(begun);
          throw new IllegalStateException("on purpose");
        });
    tasks.add(
        () -> {
          running.set(true);
          begun.countDown();
          sleepQuietly();
          running.set(false);
        });
    for (int i = 0; i < 1000; i++) {
      tasks.add(later::incrementAndGet);
    }
    try (ParallelTasks threads = new ParallelTasks(2)) {
      assertThatThrownBy(() -> threads.run(tasks)).hasMessage("on purpose");
      assertThat(running).isFalse();
      assertThat(later).hasValue(0);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleepQuietly() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
