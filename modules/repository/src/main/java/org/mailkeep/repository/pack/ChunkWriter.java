package org.mailkeep.repository.pack;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.block.Compression;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.storage.Storage;

/**
 * Deduplicates chunks, gathers them into blocks by kind, compresses blocks on worker threads, and
 * stores packs. Safe for use by many threads.
 *
 * <p>Memory is bounded: one open block a kind and those of {@link OpenDeltas}, as many blocks under
 * compression as {@link BlockWorkers} admits, two open packs and the packs being stored. A chunk is
 * in {@code pending} from when it is first seen until its pack is in the index, so at every moment
 * one of the two knows it and no chunk is stored twice.
 */
public final class ChunkWriter implements ChunkSink, AutoCloseable {

  private final ChunkIndex index;
  private final PackStore store;
  private final BlockWorkers workers;
  private final Set<ChunkId> pending = ConcurrentHashMap.newKeySet();
  private final Map<BlockKind, OpenBlock> open = new EnumMap<>(BlockKind.class);
  private final Map<BlockKind, Object> locks = new EnumMap<>(BlockKind.class);
  private final BlockBuffers buffers = new BlockBuffers();
  private final OpenDeltas deltas = new OpenDeltas(() -> openBlock(BlockKind.NODE));
  private final Object packLock = new Object();
  private PackBuilder contentPack = new PackBuilder();
  private PackBuilder metadataPack = new PackBuilder();
  private final LongAdder addedBytes = new LongAdder();
  private final LongAdder storedBytes = new LongAdder();
  private volatile Runnable beforeDeltas = () -> {};

  /**
   * @param index says what is there, and takes note of stored packs
   * @param parityPercent how much parity packs get; empty for none
   * @param level zstd's level
   * @param threads how many threads compress; with none, who adds does
   */
  public ChunkWriter(
      Storage storage,
      KeySet keys,
      SealingSession session,
      ChunkIndex index,
      OptionalInt parityPercent,
      int level,
      int threads) {
    this.index = index;
    this.store = new PackStore(storage, keys, session, parityPercent);
    this.workers = new BlockWorkers(threads, level);
    for (BlockKind kind : BlockKind.values()) {
      open.put(kind, openBlock(kind));
      locks.put(kind, new Object());
    }
  }

  /**
   * Asks before each pack is stored that has differences.
   *
   * @param check throws where they may not be stored any more; the writer fails then
   */
  public void beforeDeltas(Runnable check) {
    beforeDeltas = check;
  }

  @Override
  public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
    if (!isNew(id)) {
      return;
    }
    addedBytes.add(length);
    Optional<OpenBlock> before = Optional.empty();
    Optional<OpenBlock> full = Optional.empty();
    synchronized (lock(kind)) {
      if (!current(kind).hasRoom(length)) {
        before = Optional.of(replace(kind));
      }
      OpenBlock block = current(kind);
      block.add(id, bytes, offset, length);
      if (block.isFull()) {
        full = Optional.of(replace(kind));
      }
    }
    before.ifPresent(this::submit);
    full.ifPresent(this::submit);
  }

  @Override
  public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
    Optional<ChunkLocation> location =
        base.equals(id) || !index.contains(base) ? Optional.empty() : index.find(base);
    if (location.isEmpty() || location.get().block().depth() >= BlockInfo.MAX_DEPTH) {
      add(id, BlockKind.NODE, node, 0, node.length);
      return;
    }
    if (!isNew(id)) {
      return;
    }
    addedBytes.add(node.length);
    List<OpenBlock> done;
    synchronized (deltas) {
      done = deltas.add(id, node, base, baseBytes, location.get().block());
    }
    done.forEach(this::submit);
  }

  /**
   * Takes over a block of another pack as it is, without compressing it again.
   *
   * @param block what the other pack's table says of it; the index has none of its chunks
   * @param packed its compressed bytes
   */
  public void copy(BlockInfo block, byte[] packed) {
    workers.throwFailure();
    block.chunks().forEach(chunk -> pending.add(chunk.id()));
    workers.submit(
        _ ->
            pack(
                new PackBuilder.Block(
                    block.kind(),
                    block.codec(),
                    packed,
                    block.depth(),
                    block.bases(),
                    block.chunks())));
  }

  private boolean isNew(ChunkId id) {
    workers.throwFailure();
    if (!pending.add(id)) {
      return false;
    }
    if (index.contains(id)) {
      pending.remove(id);
      return false;
    }
    return true;
  }

  private OpenBlock current(BlockKind kind) {
    return Objects.requireNonNull(open.get(kind));
  }

  private Object lock(BlockKind kind) {
    return Objects.requireNonNull(locks.get(kind));
  }

  private OpenBlock replace(BlockKind kind) {
    OpenBlock full = current(kind);
    open.put(kind, openBlock(kind));
    return full;
  }

  private OpenBlock openBlock(BlockKind kind) {
    return new OpenBlock(kind, buffers.take());
  }

  private void submit(OpenBlock block) {
    workers.submit(
        compression -> {
          PackBuilder.Block packed = compress(block, compression);
          buffers.giveBack(block.bytes());
          pack(packed);
        });
  }

  private static PackBuilder.Block compress(OpenBlock block, Compression compression) {
    if (block.bases().isEmpty()) {
      Compression.Compressed packed = compression.compress(block.bytes(), block.length());
      return new PackBuilder.Block(
          block.kind(), packed.codec(), packed.bytes(), 0, List.of(), block.chunks());
    }
    Compression.Compressed packed =
        compression.compressDelta(block.bytes(), block.length(), block.dictionary());
    return new PackBuilder.Block(
        block.kind(),
        Codec.ZSTD_DELTA,
        packed.bytes(),
        block.depth(),
        block.bases(),
        block.chunks());
  }

  private void pack(PackBuilder.Block block) {
    Optional<PackBuilder> full = Optional.empty();
    synchronized (packLock) {
      boolean metadata = block.kind().isMetadata();
      PackBuilder pack = metadata ? metadataPack : contentPack;
      pack.add(block);
      if (pack.isFull()) {
        full = Optional.of(pack);
        if (metadata) {
          metadataPack = new PackBuilder();
        } else {
          contentPack = new PackBuilder();
        }
      }
    }
    full.ifPresent(this::store);
  }

  /** What cannot be stored is lost, so after a failure this writer must not succeed any more. */
  private void store(PackBuilder pack) {
    PackTable table;
    try {
      if (pack.hasDeltas()) {
        beforeDeltas.run();
      }
      PackStore.Stored stored = store.store(pack);
      table = stored.table();
      storedBytes.add(table.size() + stored.parityBytes());
      index.add(table);
    } catch (RuntimeException | Error e) {
      workers.fail(e);
      throw e;
    }
    for (BlockInfo block : table.blocks()) {
      for (ChunkRef chunk : block.chunks()) {
        pending.remove(chunk.id());
      }
    }
  }

  /**
   * Puts all that was added so far into packs, of which the last may stay open: what is added from
   * now on is stored together with it or later. So a base is never stored after its delta.
   */
  public void settle() {
    for (BlockKind kind : BlockKind.values()) {
      OpenBlock block;
      synchronized (lock(kind)) {
        block = replace(kind);
      }
      if (!block.isEmpty()) {
        submit(block);
      }
    }
    List<OpenBlock> nodes;
    synchronized (deltas) {
      nodes = deltas.takeAll();
    }
    nodes.forEach(this::submit);
    workers.drain();
  }

  /**
   * Stores all that was added so far; it is durable and in the index when this returns. After a
   * failure, here or in {@link #add}, every call fails: begin again with another writer.
   */
  public void flush() {
    settle();
    storeRest();
  }

  /** A small backup makes one pack of everything; a large one keeps metadata apart. */
  private void storeRest() {
    PackBuilder content;
    PackBuilder metadata;
    synchronized (packLock) {
      content = contentPack;
      metadata = metadataPack;
      contentPack = new PackBuilder();
      metadataPack = new PackBuilder();
    }
    if (content.hasRoomFor(metadata)) {
      content.addAll(metadata);
      metadata = new PackBuilder();
    }
    if (!content.isEmpty()) {
      store(content);
    }
    if (!metadata.isEmpty()) {
      store(metadata);
    }
  }

  /** Plaintext bytes of chunks that were new. */
  public long addedBytes() {
    return addedBytes.sum();
  }

  /** Bytes of packs stored, and of their parity. */
  public long storedBytes() {
    return storedBytes.sum();
  }

  /** Stops the threads; what was not flushed is dropped. */
  @Override
  public void close() {
    workers.close();
  }
}
