package org.mailkeep.repository.pack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.Compression;
import org.mailkeep.repository.index.BlockKey;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.ChunkLocation;

/**
 * Finds chunks, opens the blocks that hold them, and proves each chunk by its id. Of a chunk that
 * is stored twice, damage takes only one. Blocks opened last are kept, up to a number of bytes.
 * Safe for use by many threads.
 */
public final class ChunkReader implements ChunkSource, AutoCloseable {

  private final ChunkIndex index;
  private final PackReader packs;
  private final KeySet keys;
  private final BlockCache cache;
  private final ConcurrentLinkedQueue<ChunkHasher> hashers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Compression> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param cacheBytes how many bytes of opened blocks are kept
   */
  public ChunkReader(ChunkIndex index, PackReader packs, KeySet keys, long cacheBytes) {
    this.index = index;
    this.packs = packs;
    this.keys = keys;
    this.cache = new BlockCache(cacheBytes);
  }

  private ChunkLocation base(ChunkId base, BlockLocation delta) {
    Optional<ChunkLocation> found = index.find(base, delta.depth());
    if (found.isEmpty()) {
      ChunkLocation _ = locate(base);
      throw new DamagedException(
          PackReader.name(delta.pack()).toString(),
          "block " + delta.number() + " is a difference to one as deep as itself");
    }
    return found.get();
  }

  /** Where the chunk cannot be read in one place, each other one is tried. */
  @Override
  public byte[] read(ChunkId id) {
    return read(id, locate(id), BlockInfo.MAX_DEPTH + 1, this::block);
  }

  private byte[] read(
      ChunkId id, ChunkLocation first, int belowDepth, Function<BlockLocation, byte[]> blocks) {
    try {
      return readAt(id, first, blocks);
    } catch (UnreadableException | StorageException e) {
      for (ChunkLocation other : index.findAll(id, belowDepth)) {
        if (!other.equals(first)) {
          try {
            return readAt(id, other, this::block);
          } catch (UnreadableException | StorageException again) {
            e.addSuppressed(again);
          }
        }
      }
      throw e;
    }
  }

  private byte[] readAt(
      ChunkId id, ChunkLocation location, Function<BlockLocation, byte[]> blocks) {
    byte[] block = blocks.apply(location.block());
    prove(id, location, block);
    return Arrays.copyOfRange(block, location.offset(), location.offset() + location.length());
  }

  /** For one thread that takes many chunks from one block and then no more. */
  public OneBlock oneBlock() {
    return new OneBlock();
  }

  /**
   * Reads chunks whose places are known and opens their block once. It is not kept: there are more
   * such blocks than room, and each would stay just long enough for Java's collector to copy it
   * among what stays for long, and to look through all of that again and again.
   */
  public final class OneBlock {
    private Optional<BlockKey> key = Optional.empty();
    private byte[] bytes = new byte[0];

    private OneBlock() {}

    /** As {@link ChunkReader#read}. */
    public byte[] read(ChunkId id, ChunkLocation place) {
      return ChunkReader.this.read(id, place, BlockInfo.MAX_DEPTH + 1, this::block);
    }

    private byte[] block(BlockLocation location) {
      if (key.filter(location.key()::equals).isEmpty()) {
        bytes = cache.find(location.key()).orElseGet(() -> open(location));
        key = Optional.of(location.key());
      }
      return bytes;
    }
  }

  /**
   * Where the chunk is.
   *
   * @throws DamagedException where no pack has it
   */
  public ChunkLocation locate(ChunkId id) {
    return index
        .find(id)
        .orElseThrow(() -> new DamagedException("chunk " + id, "no pack in the index has it"));
  }

  /**
   * The compressed bytes of a block, as they were before it was sealed.
   *
   * @throws DamagedException where the block is not what was written
   */
  public byte[] packed(BlockLocation location) {
    return packs.block(
        location.pack(),
        location.number(),
        location.kind(),
        location.offset(),
        location.storedLength());
  }

  /** The plaintext of a block; not to be changed. */
  public byte[] block(BlockLocation location) {
    return cache.get(location, this::open);
  }

  /**
   * Reads a block from the storage, whatever is in the cache, and proves all its chunks.
   *
   * @throws DamagedException where the block is not what was written
   */
  public void verify(BlockLocation location, List<ChunkRef> chunks) {
    byte[] _ = proven(location, chunks);
  }

  /**
   * The plaintext of a block, read from the storage, whatever is in the cache, with all its chunks
   * proven. It is not kept.
   *
   * @throws DamagedException where the block is not what was written
   */
  public byte[] proven(BlockLocation location, List<ChunkRef> chunks) {
    byte[] block = open(location);
    int offset = 0;
    for (ChunkRef chunk : chunks) {
      prove(chunk.id(), new ChunkLocation(location, offset, chunk.length()), block);
      offset += chunk.length();
    }
    return block;
  }

  /** Before anything of it is given away. */
  private void prove(ChunkId id, ChunkLocation location, byte[] block) {
    if (location.offset() + location.length() > block.length) {
      throw new DamagedException("chunk " + id, "the index places it outside its block");
    }
    ChunkHasher known = hashers.poll();
    ChunkHasher hasher = known != null ? known : keys.hasher();
    boolean same = hasher.id(block, location.offset(), location.length()).equals(id);
    hashers.add(hasher);
    if (!same) {
      throw new DamagedException(
          PackReader.name(location.block().pack()).toString(),
          "block " + location.block().number() + " holds other content than its table says");
    }
  }

  private byte[] open(BlockLocation location) {
    byte[] packed = packed(location);
    byte[] dictionary = dictionary(location);
    Compression known = idle.poll();
    Compression compression = known != null ? known : new Compression(1);
    try {
      return compression.decompress(location.codec(), packed, location.length(), dictionary);
    } catch (MalformedException e) {
      throw new DamagedException(
          PackReader.name(location.pack()).toString(),
          "block " + location.number() + ": " + e.getMessage());
    } finally {
      idle.add(compression);
    }
  }

  private byte[] dictionary(BlockLocation location) {
    byte[] joined = new byte[0];
    for (ChunkId base : location.bases()) {
      byte[] bytes = read(base, base(base, location), location.depth(), this::block);
      int end = joined.length;
      joined = Arrays.copyOf(joined, end + bytes.length);
      System.arraycopy(bytes, 0, joined, end, bytes.length);
    }
    return joined;
  }

  @Override
  public void close() {
    for (Compression compression = idle.poll(); compression != null; compression = idle.poll()) {
      compression.close();
    }
  }
}
