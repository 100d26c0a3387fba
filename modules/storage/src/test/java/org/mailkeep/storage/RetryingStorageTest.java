package org.mailkeep.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;

class RetryingStorageTest extends StorageContract {

  private static final ObjectName NAME = ObjectName.of("packs/4f/4f21");
  private static final ObjectContent HELLO = ObjectContent.of("hello".getBytes(UTF_8));

  private final RestlessClock clock = new RestlessClock();
  private final MemoryStorage memory = new MemoryStorage();

  @Override
  protected Storage create() {
    return retrying(new MemoryStorage());
  }

  private Storage retrying(Storage inner) {
    return new RetryingStorage(inner, new Retry(Duration.ofMinutes(5), clock));
  }

  /** A clock on which time passes only while somebody waits. */
  private static final class RestlessClock implements Pace.Clock {
    private final List<Long> waits = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanos() {
      return now;
    }

    @Override
    public synchronized void pause(long nanos) {
      waits.add(nanos);
      now += nanos;
    }
  }

  /** Fails as often as it is told to. */
  private StorageException failure() {
    return new StorageException("The line is dead", "Wait.");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOTHING_DONE", "ANSWER_LOST"})
  void a_glitch_is_not_noticed(Fault fault) {
    for (int n = 1; n <= 5; n++) {
      MemoryStorage fresh = new MemoryStorage();
      Storage storage = retrying(FaultyStorage.once(fresh, n, fault));
      storage.put(NAME, HELLO);
      assertThat(storage.get(NAME)).asString().isEqualTo("hello");
      ByteBuffer part = ByteBuffer.allocate(3);
      storage.read(NAME, 1, part);
      assertThat(new String(part.array(), UTF_8)).isEqualTo("ell");
      assertThat(storage.size(NAME)).hasValue(5);
      storage.delete(NAME);
      assertThat(fresh.size(NAME)).isEmpty();
    }
  }

  @Test
  void a_put_whose_answer_was_lost_is_told_from_a_name_that_another_took() {
    Storage lost = retrying(FaultyStorage.once(memory, 1, Fault.ANSWER_LOST));
    lost.put(NAME, HELLO);
    for (String other : List.of("hullo", "hell", "hello!")) {
      MemoryStorage taken = new MemoryStorage();
      taken.put(NAME, ObjectContent.of(other.getBytes(UTF_8)));
      Storage storage = retrying(FaultyStorage.once(taken, 1, Fault.NOTHING_DONE));
      assertThatThrownBy(() -> storage.put(NAME, HELLO)).isInstanceOf(RefusedException.class);
      assertThat(taken.get(NAME)).asString().isEqualTo(other);
    }
  }

  @Test
  void the_same_bytes_put_twice_are_refused_when_nothing_went_wrong() {
    memory.put(NAME, HELLO);
    assertThatThrownBy(() -> retrying(memory).put(NAME, HELLO))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void what_can_never_be_reached_is_told_soon() {
    Storage storage = retrying(FaultyStorage.from(memory, 1, Fault.NOTHING_DONE));
    assertThatThrownBy(() -> storage.size(NAME))
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith("(tried 3 times)");
    assertThat(clock.now).isLessThan(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void what_was_reached_once_is_waited_for_but_not_for_ever() {
    Storage storage = retrying(FaultyStorage.from(memory, 2, Fault.NOTHING_DONE));
    storage.put(NAME, HELLO);
    assertThatThrownBy(() -> storage.get(NAME)).isInstanceOf(StorageException.class);
    assertThat(clock.now)
        .isBetween(Duration.ofMinutes(4).toNanos(), Duration.ofMinutes(5).toNanos());
    assertThat(clock.waits).allMatch(wait -> wait <= Retry.LONGEST.toNanos());
  }

  @Test
  void a_failure_that_lasts_is_not_repeated() {
    AtomicInteger attempts = new AtomicInteger();
    Retry retry = new Retry(Duration.ofMinutes(5), clock);
    assertThatThrownBy(
            () ->
                retry.run(
                    () -> {
                      attempts.incrementAndGet();
                      throw StorageException.lasting("Forbidden", "Ask.");
                    }))
        .hasMessage("Forbidden");
    assertThat(attempts).hasValue(1);
    assertThat(clock.waits).isEmpty();
  }

  @Test
  void waits_grow_and_are_drawn_at_random() {
    Retry retry = new Retry(Duration.ofMinutes(5), clock);
    retry.run(() -> {});
    AtomicInteger attempts = new AtomicInteger();
    retry.run(
        () -> {
          if (attempts.incrementAndGet() <= 5) {
            throw failure();
          }
        });
    long bound = Retry.FIRST.toNanos();
    for (long wait : clock.waits) {
      assertThat(wait).isBetween(0L, bound);
      bound *= 2;
    }
    assertThat(clock.waits).doesNotHaveDuplicates();
  }

  @Test
  void who_is_interrupted_does_not_wait() {
    Retry retry = new Retry(Duration.ofMinutes(5), clock);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                retry.run(
                    () -> {
                      throw failure();
                    }))
        .isInstanceOf(StorageException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(clock.waits).isEmpty();
  }
}
