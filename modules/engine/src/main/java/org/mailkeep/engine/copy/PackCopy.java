package org.mailkeep.engine.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;

/**
 * Copies packs as they are, several at a time. A pack with deltas comes after the packs that have
 * the bases; such packs are copied one after the other, so that no two threads wait for each other.
 */
final class PackCopy implements AutoCloseable {

  private final PackReader source;
  private final LocalIndex from;
  private final LocalIndex to;
  private final StoredCopy target;
  private final CopyObserver observer;
  private final int threadCount;
  private final ExecutorService threads;
  private final Semaphore room;
  private final Set<ObjectId> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final AtomicLong stored = new AtomicLong();
  private final Object deltas = new Object();

  PackCopy(
      PackReader source,
      LocalIndex from,
      LocalIndex to,
      StoredCopy target,
      int threadCount,
      CopyObserver observer) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.target = target;
    this.observer = observer;
    this.threadCount = threadCount;
    this.threads =
        Executors.newFixedThreadPool(threadCount, Thread.ofPlatform().name("copy-", 0).factory());
    this.room = new Semaphore(threadCount);
  }

  /**
   * Sees to it that the target has a chunk, at the latest when {@link #drain} returns.
   *
   * @throws DamagedException where the source does not have it
   */
  void require(ChunkId chunk) {
    if (to.contains(chunk)) {
      return;
    }
    ObjectId pack = pack(chunk);
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
    if (!underWay.add(pack)) {
      return;
    }
    room.acquireUninterruptibly();
    threads.execute(() -> run(pack));
  }

  private ObjectId pack(ChunkId chunk) {
    return from.find(chunk)
        .orElseThrow(() -> new DamagedException("chunk " + chunk, "no pack in the index has it"))
        .block()
        .pack();
  }

  private void run(ObjectId pack) {
    try {
      if (failure.get() == null && !to.hasPack(pack)) {
        copy(pack);
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      underWay.remove(pack);
      room.release();
    }
  }

  private void copy(ObjectId pack) {
    PackReader.WholePack whole = source.whole(pack);
    if (whole.table().blocks().stream().allMatch(block -> block.bases().isEmpty())) {
      store(whole);
      return;
    }
    synchronized (deltas) {
      copyWithBases(pack);
    }
  }

  private void copyWithBases(ObjectId wanted) {
    Deque<ObjectId> waiting = new ArrayDeque<>(List.of(wanted));
    Set<ObjectId> seen = new HashSet<>(waiting);
    while (!waiting.isEmpty()) {
      ObjectId pack = waiting.element();
      List<ObjectId> before =
          to.hasPack(pack)
              ? List.of()
              : missingBases(source.table(pack)).stream().filter(seen::add).toList();
      if (before.isEmpty()) {
        if (!to.hasPack(pack)) {
          store(source.whole(pack));
        }
        waiting.remove();
      }
      before.forEach(waiting::push);
    }
  }

  /** The packs that hold bases of this one's deltas where the target has them not, or too deep. */
  private List<ObjectId> missingBases(PackTable table) {
    List<ObjectId> missing = new ArrayList<>();
    for (BlockInfo block : table.blocks()) {
      for (ChunkId base : block.bases()) {
        Optional<ChunkLocation> there = to.find(base);
        if (there.isEmpty() || there.get().block().depth() >= block.depth()) {
          missing.add(pack(base));
        }
      }
    }
    missing.removeIf(table.pack()::equals);
    return missing;
  }

  private void store(PackReader.WholePack whole) {
    PackTable table = whole.table();
    target.put(PackReader.name(table.pack()), whole.bytes());
    synchronized (to) {
      if (to.hasPack(table.pack())) {
        return;
      }
      to.add(table);
    }
    stored.addAndGet(table.size());
    observer.stored(table.size());
  }

  /**
   * Waits until nothing is under way.
   *
   * @throws RuntimeException what went wrong first since the last call
   */
  void drain() {
    room.acquireUninterruptibly(threadCount);
    room.release(threadCount);
    RuntimeException first = failure.getAndSet(null);
    if (first != null) {
      throw first;
    }
  }

  /** Bytes of packs stored so far. */
  long storedBytes() {
    return stored.get();
  }

  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("the copy is closed"));
    threads.close();
  }
}
