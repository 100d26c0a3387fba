package org.mailkeep.storage;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.mailkeep.model.error.StorageException;

/**
 * Memory that a power cut erases. What is put can be read and listed at once, but survives only if
 * its put had returned before the cut; puts linger at random in between. A deletion that had not
 * returned is undone. So a writer that does not wait for its puts is found out.
 */
public final class ForgetfulStorage extends WatchedStorage {

  private static final long LONGEST_NANOS = 1_000_000;

  private final MemoryStorage visible;
  private final MemoryStorage durable = new MemoryStorage();
  private boolean cut;

  /** An empty one. */
  public ForgetfulStorage() {
    this(new MemoryStorage());
  }

  private ForgetfulStorage(MemoryStorage visible) {
    super(visible);
    this.visible = visible;
  }

  /** Cuts the power: operations fail from now on, those in progress too. Gives what survived. */
  public synchronized MemoryStorage cutPower() {
    cut = true;
    return durable;
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    requirePower();
    visible.put(name, content);
    linger();
    acknowledge(() -> durable.put(name, content));
  }

  @Override
  public void delete(ObjectName name) {
    requirePower();
    visible.delete(name);
    linger();
    acknowledge(() -> durable.delete(name));
  }

  @Override
  <T> T perform(Supplier<T> operation) {
    requirePower();
    return operation.get();
  }

  private synchronized void acknowledge(Runnable change) {
    requirePower();
    change.run();
  }

  private synchronized void requirePower() {
    if (cut) {
      throw new StorageException("The power was cut", "");
    }
  }

  private static void linger() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_NANOS));
  }
}
