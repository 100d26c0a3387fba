package org.mailkeep.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * What must hold on a bad line: what was put is there, once and exactly, and what is read is it.
 */
public final class HardTimes {

  private HardTimes() {}

  /** As patient as with a real server, on a clock that runs a hundred times as fast. */
  public static Retry patience() {
    return new Retry(Duration.ofHours(2), new Hasty());
  }

  private static final class Hasty implements Pace.Clock {
    @Override
    public long nanos() {
      return System.nanoTime() * 100;
    }

    @Override
    public void pause(long nanos) {
      LockSupport.parkNanos(nanos / 100);
    }
  }

  /** Puts, reads, lists and deletes over the bad line; compares over both lines. */
  public static void endure(Storage bad, Storage good, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Map<ObjectName, byte[]> objects = new HashMap<>();
    for (int i = 0; i < 24; i++) {
      byte[] bytes = new byte[random.nextInt(1 << random.nextInt(19))];
      random.nextBytes(bytes);
      objects.put(
          ObjectName.of("packs/" + i % 4 + "/" + Long.toHexString(random.nextLong())), bytes);
    }
    List<Callable<Boolean>> puts = new ArrayList<>();
    objects.forEach(
        (name, bytes) ->
            puts.add(
                () -> {
                  bad.put(name, ObjectContent.of(bytes));
                  return exact(good, name, bytes)
                      && exact(bad, name, bytes)
                      && part(bad, name, bytes);
                }));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> put : threads.invokeAll(puts)) {
        assertThat(put.get()).isTrue();
      }
    }
    assertThat(names(bad)).hasSameElementsAs(objects.keySet()).hasSize(objects.size());
    ObjectName gone = objects.keySet().iterator().next();
    bad.delete(gone);
    assertThat(good.size(gone)).isEmpty();
    assertThat(bad.size(gone)).isEmpty();
  }

  private static boolean exact(Storage storage, ObjectName name, byte[] bytes) {
    return Arrays.equals(storage.get(name), bytes);
  }

  private static boolean part(Storage storage, ObjectName name, byte[] bytes) {
    ByteBuffer half = ByteBuffer.allocate(bytes.length / 2);
    storage.read(name, bytes.length / 3, half);
    return half.flip().equals(ByteBuffer.wrap(bytes, bytes.length / 3, bytes.length / 2));
  }

  private static List<ObjectName> names(Storage storage) {
    List<ObjectName> names = new ArrayList<>();
    storage.list(ObjectFolder.ROOT, object -> names.add(object.name()));
    return names;
  }
}
