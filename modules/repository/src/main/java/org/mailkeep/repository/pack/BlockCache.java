package org.mailkeep.repository.pack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailkeep.repository.index.BlockKey;
import org.mailkeep.repository.index.BlockLocation;

/**
 * Keeps the blocks used last, up to a number of bytes. Threads that want the same block wait for
 * the one that opens it.
 */
final class BlockCache {

  private final long capacity;
  private final Map<BlockKey, CompletableFuture<byte[]>> blocks =
      new LinkedHashMap<>(64, 0.75f, true);
  private long size;

  BlockCache(long capacity) {
    this.capacity = capacity;
  }

  byte[] get(BlockLocation location, Function<BlockLocation, byte[]> open) {
    BlockKey key = location.key();
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> known;
    synchronized (blocks) {
      known = blocks.putIfAbsent(key, mine);
    }
    if (known != null) {
      return await(known);
    }
    try {
      byte[] block = open.apply(location);
      mine.complete(block);
      keep(key, block);
      return block;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      synchronized (blocks) {
        blocks.remove(key);
      }
      throw e;
    }
  }

  /** The block, if it is here already. */
  Optional<byte[]> find(BlockKey key) {
    synchronized (blocks) {
      return Optional.ofNullable(blocks.get(key))
          .filter(block -> block.state() == Future.State.SUCCESS)
          .map(CompletableFuture::join);
    }
  }

  private static byte[] await(CompletableFuture<byte[]> block) {
    try {
      return block.join();
    } catch (CompletionException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void keep(BlockKey key, byte[] block) {
    synchronized (blocks) {
      size += block.length;
      var eldest = blocks.entrySet().iterator();
      while (size > capacity && eldest.hasNext()) {
        var entry = eldest.next();
        if (!entry.getKey().equals(key) && entry.getValue().state() == Future.State.SUCCESS) {
          size -= entry.getValue().join().length;
          eldest.remove();
        }
      }
    }
  }
}
