package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.mailkeep.model.error.StorageException;

/**
 * Goes wrong at one chosen operation, or from there on. Operations are counted from 1, reads too; a
 * run without fault tells by {@link #operations} how many there are to try.
 */
public final class FaultyStorage extends WatchedStorage {

  private final Storage inner;
  private final int first;
  private final int last;
  private final Fault fault;
  private final AtomicInteger operations = new AtomicInteger();

  private FaultyStorage(Storage inner, int first, int last, Fault fault) {
    super(inner);
    this.inner = inner;
    this.first = first;
    this.last = last;
    this.fault = fault;
  }

  /** Only counts. */
  public static FaultyStorage never(Storage inner) {
    return new FaultyStorage(inner, Integer.MAX_VALUE, 0, Fault.NOTHING_DONE);
  }

  /** Goes wrong once, at the n-th operation: a glitch. */
  public static FaultyStorage once(Storage inner, int n, Fault fault) {
    return new FaultyStorage(inner, n, n, fault);
  }

  /**
   * Goes wrong at the n-th operation, and does nothing any more after it: a crash, or a connection
   * that is gone. What is then in {@code inner} is what the next run finds.
   */
  public static FaultyStorage from(Storage inner, int n, Fault fault) {
    return new FaultyStorage(inner, n, Integer.MAX_VALUE, fault);
  }

  /** How many operations were tried. */
  public int operations() {
    return operations.get();
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    int n = operations.incrementAndGet();
    if (n == first && fault == Fault.CUT) {
      inner.put(name, firstHalf(content));
    } else {
      perform(
          n,
          () -> {
            inner.put(name, content);
            return this;
          });
    }
  }

  @Override
  <T> T perform(Supplier<T> operation) {
    return perform(operations.incrementAndGet(), operation);
  }

  private <T> T perform(int n, Supplier<T> operation) {
    if (n < first || n > last || (n == first && fault == Fault.CUT)) {
      return operation.get();
    }
    if (n == first && fault == Fault.ANSWER_LOST) {
      Object _ = operation.get();
    }
    throw new StorageException("Operation " + n + " failed on purpose", "");
  }

  private static ObjectContent firstHalf(ObjectContent content) {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(content.length()));
    content.forEach(all::put);
    return ObjectContent.of(Arrays.copyOf(all.array(), all.capacity() / 2));
  }
}
