package org.mailkeep.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.StorageException;

class FailingStoragesTest {

  private static final ObjectName A = ObjectName.of("a");
  private static final ObjectName B = ObjectName.of("b");
  private static final ObjectContent FOUR = ObjectContent.of("four".getBytes(UTF_8));

  private final MemoryStorage memory = new MemoryStorage();

  @Test
  void a_glitch_fails_one_operation() {
    Storage storage = FaultyStorage.once(memory, 2, Fault.NOTHING_DONE);
    storage.put(A, FOUR);
    assertThatThrownBy(() -> storage.put(B, FOUR)).isInstanceOf(StorageException.class);
    assertThat(storage.size(B)).isEmpty();
    storage.put(B, FOUR);
  }

  @Test
  void a_lost_answer_looks_like_a_failure_but_the_object_is_there() {
    Storage storage = FaultyStorage.once(memory, 1, Fault.ANSWER_LOST);
    assertThatThrownBy(() -> storage.put(A, FOUR)).isInstanceOf(StorageException.class);
    assertThat(storage.size(A)).hasValue(4);
  }

  @Test
  void a_cut_put_looks_like_a_success_but_half_is_missing() {
    FaultyStorage storage = FaultyStorage.once(memory, 1, Fault.CUT);
    storage.put(A, FOUR);
    assertThat(storage.get(A)).asString().isEqualTo("fo");
    assertThat(storage.operations()).isEqualTo(2);
  }

  @Test
  void after_a_crash_nothing_works() {
    Storage storage = FaultyStorage.from(memory, 2, Fault.NOTHING_DONE);
    storage.put(A, FOUR);
    assertThatThrownBy(() -> storage.put(B, FOUR)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.get(A)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.list(ObjectFolder.ROOT, object -> {}))
        .isInstanceOf(StorageException.class);
    assertThat(memory.size(A)).hasValue(4);
  }

  @Test
  void a_power_cut_keeps_exactly_what_was_acknowledged() throws InterruptedException {
    ForgetfulStorage storage = new ForgetfulStorage();
    Set<ObjectName> acknowledged = ConcurrentHashMap.newKeySet();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; catchThrowable(() -> storage.size(A)) == null; i++) {
                    ObjectName name = ObjectName.of("packs/" + i);
                    if (catchThrowable(() -> storage.put(name, FOUR)) == null) {
                      acknowledged.add(name);
                    }
                  }
                });
    Thread.sleep(50);
    MemoryStorage survived = storage.cutPower();
    writer.join();
    Set<ObjectName> found = ConcurrentHashMap.newKeySet();
    survived.list(ObjectFolder.ROOT, object -> found.add(object.name()));
    assertThat(found).isNotEmpty().isEqualTo(acknowledged);
  }

  @Test
  void a_slow_storage_takes_its_time() {
    Storage storage = new SlowStorage(memory, Duration.ofMillis(20));
    long begin = System.nanoTime();
    storage.put(A, FOUR);
    assertThat(storage.get(A)).hasSize(4);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(35));
  }
}
