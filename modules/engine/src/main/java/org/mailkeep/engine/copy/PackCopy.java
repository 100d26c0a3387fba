package org.mailkeep.engine.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
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
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackRewriter;
import org.mailkeep.repository.pack.PackTable;

/**
 * Copies packs as they are, several at a time. A pack with deltas comes after the packs that have
 * the bases; such packs are copied one after the other, so that no two threads wait for each other.
 */
final class PackCopy implements AutoCloseable {

  private final CopyPlaces places;
  private final PackReader source;
  private final LocalIndex from;
  private final LocalIndex to;
  private final Repository repository;
  private final OptionalInt parity;
  private final StoredCopy target;
  private final boolean verify;
  private final CopyObserver observer;
  private final int threadCount;
  private final ExecutorService threads;
  private final Semaphore room;
  private final Set<ObjectId> underWay = ConcurrentHashMap.newKeySet();
  private final Set<ObjectId> setAside = new HashSet<>();
  private final Set<ObjectId> storedAnew = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final AtomicLong stored = new AtomicLong();
  private final Object deltas = new Object();

  PackCopy(CopyPlaces places, StoredCopy target, CopySettings settings, CopyObserver observer) {
    this.places = places;
    this.source = places.source().packs();
    this.from = places.from();
    this.to = places.to();
    this.repository = places.target();
    this.parity = repository.paritySetting().percentForWriting();
    this.target = target;
    this.verify = settings.verify();
    this.observer = observer;
    this.threadCount = settings.threads();
    repository.setAside().list(setAside::add);
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
      if (failure.get() == null && !isThere(pack)) {
        copy(pack);
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      underWay.remove(pack);
      room.release();
    }
  }

  /** Whether the target has the pack, and new snapshots may rely on it. */
  private boolean isThere(ObjectId pack) {
    return storedAnew.contains(pack) || to.stays(pack);
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
          isThere(pack)
              ? List.of()
              : missingBases(source.table(pack)).stream().filter(seen::add).toList();
      if (before.isEmpty()) {
        if (!isThere(pack)) {
          places.requireTime();
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
        if (to.place(base, block.depth()).filter(to::stays).isEmpty()) {
          missing.add(pack(base));
        }
      }
    }
    missing.removeIf(table.pack()::equals);
    return missing;
  }

  private void store(PackReader.WholePack whole) {
    PackTable table = whole.table();
    ObjectId pack = table.pack();
    if (to.hasPack(pack) || setAside.contains(pack)) {
      storeAnew(table);
      return;
    }
    target.put(PackReader.name(pack), whole.bytes());
    if (parity.isPresent() && !repository.parity().exists(pack)) {
      repository.parity().store(pack, List.of(whole.bytes()), parity.getAsInt());
    }
    add(table);
  }

  /**
   * Stores the blocks of a pack under another name. The one that it has is condemned there or was
   * set aside, so that it will be removed; nothing new may depend on it.
   */
  private void storeAnew(PackTable table) {
    PackRewriter rewriter =
        repository.rewriter(source, repository.keys().startSealing(), this::addNew);
    for (BlockLocation block : table.locations()) {
      rewriter.add(block, table.blocks().get(block.number()));
    }
    rewriter.flush();
    storedAnew.add(table.pack());
  }

  private void addNew(PackTable table) {
    if (verify && !repository.packs().whole(table.pack()).table().equals(table)) {
      throw new DamagedException(PackReader.name(table.pack()).toString(), "it reads back wrong");
    }
    add(table);
  }

  private void add(PackTable table) {
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
