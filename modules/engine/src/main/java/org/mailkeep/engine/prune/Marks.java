package org.mailkeep.engine.prune;

import java.util.Arrays;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.index.ChunkPlace;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * What a prune notes of chunks, on disk: which places are needed, in the order of packs and blocks;
 * which node resembles which; and how nodes are to be written anew.
 */
final class Marks implements AutoCloseable {

  private static final byte[] NEEDED = {'n'};
  private static final byte[] BASE = {'b'};
  private static final byte[] LIMIT = {'l'};
  private static final byte[] DEPTH = {'d'};
  private static final byte[] ROUND = {'r'};
  private static final long BATCH_BYTES = 1 << 20;

  private final StateDatabase state;
  private final Batch batch;
  private long decided;

  /** In a state that nobody else uses but for an index. */
  Marks(StateDatabase state) {
    this.state = state;
    this.batch = state.batch();
  }

  /** The place is needed. */
  void need(ChunkPlace place) {
    batch.put(Table.DIRECTORIES, key(NEEDED, place), new byte[0]);
    if (batch.size() > BATCH_BYTES) {
      batch.commit();
    }
  }

  boolean isNeeded(ChunkPlace place) {
    return state.get(Table.DIRECTORIES, key(NEEDED, place)) != null;
  }

  /**
   * The place is needed as the base of a difference.
   *
   * @return whether that is news
   */
  boolean needAsBase(ChunkPlace place) {
    byte[] key = key(BASE, place);
    boolean isNews = state.get(Table.DIRECTORIES, key) == null;
    state.put(Table.DIRECTORIES, key, new byte[0]);
    return isNews;
  }

  private static byte[] key(byte[] prefix, ChunkPlace place) {
    return new ByteWriter(13)
        .raw(prefix)
        .u32(place.pack())
        .u32(place.block())
        .u32(place.offset())
        .toByteArray();
  }

  /** Makes all that was noted visible to the methods below. */
  void settle() {
    batch.commit();
  }

  /** The needed places of a pack in order, each as block number × 2^32 + offset in the block. */
  PrimitiveIterator.OfLong neededIn(int pack) {
    LongStream.Builder places = LongStream.builder();
    state.scan(
        Table.DIRECTORIES,
        new ByteWriter(5).raw(NEEDED).u32(pack).toByteArray(),
        (key, _) -> places.add(new ByteReader(key, 5, 8).u64()));
    return places.build().iterator();
  }

  /** What was needed in a pack has been written anew. */
  void clearNeeded(int pack) {
    state.scan(
        Table.DIRECTORIES,
        new ByteWriter(5).raw(NEEDED).u32(pack).toByteArray(),
        (key, _) -> batch.delete(Table.DIRECTORIES, key));
    batch.commit();
  }

  boolean isAnyNeededIn(int pack) {
    return neededIn(pack).hasNext();
  }

  /**
   * Takes note of a tree node.
   *
   * @param base a node that it resembles, known before
   * @return whether it is the first time
   */
  boolean see(ChunkId node, Optional<ChunkId> base) {
    if (isSeen(node)) {
      return false;
    }
    state.put(Table.NODES, node.bytes(), base.map(ChunkId::bytes).orElse(new byte[0]));
    return true;
  }

  boolean isSeen(ChunkId node) {
    return state.get(Table.NODES, node.bytes()) != null;
  }

  /** The node that a node resembles. */
  Optional<ChunkId> baseOf(ChunkId node) {
    byte[] base = state.get(Table.NODES, node.bytes());
    return base == null || base.length == 0
        ? Optional.empty()
        : Optional.of(ChunkId.read(new ByteReader(base)));
  }

  /** The chunk is the base of a block that stays, so it must not be deeper than this. */
  void limitDepth(ChunkId chunk, int depth) {
    if (number(LIMIT, chunk) == null || limit(chunk) > depth) {
      put(LIMIT, chunk, depth);
    }
  }

  /** How deep a chunk may be at most. */
  int limit(ChunkId chunk) {
    byte[] value = number(LIMIT, chunk);
    return value == null ? Integer.MAX_VALUE : value[0];
  }

  /** Calls back with each chunk whose depth is limited. */
  void eachLimited(BiConsumer<ChunkId, Integer> visitor) {
    state.scan(
        Table.DIRECTORIES,
        LIMIT,
        (key, value) ->
            visitor.accept(ChunkId.read(new ByteReader(key, 1, ChunkId.LENGTH)), (int) value[0]));
  }

  /** Decides how deep a node will be that is written anew. */
  void setDepth(ChunkId node, int depth) {
    put(DEPTH, node, depth);
    // In the order of the calls, which brings versions of one node together.
    byte[] key = new ByteWriter(10).raw(ROUND).u8(depth).u64(decided++).toByteArray();
    state.put(Table.DIRECTORIES, key, node.bytes());
  }

  /** How deep a node will be that is written anew; empty for others. */
  Optional<Integer> depth(ChunkId node) {
    return Optional.ofNullable(number(DEPTH, node)).map(value -> (int) value[0]);
  }

  /** Calls back with each node that is written anew with this depth. */
  void eachOfDepth(int depth, Consumer<ChunkId> visitor) {
    state.scan(
        Table.DIRECTORIES,
        new ByteWriter(2).raw(ROUND).u8(depth).toByteArray(),
        (_, node) -> visitor.accept(ChunkId.read(new ByteReader(node))));
  }

  private byte @Nullable [] number(byte[] prefix, ChunkId chunk) {
    return state.get(Table.DIRECTORIES, key(prefix, chunk));
  }

  private void put(byte[] prefix, ChunkId chunk, int value) {
    state.put(Table.DIRECTORIES, key(prefix, chunk), new byte[] {(byte) value});
  }

  private static byte[] key(byte[] prefix, ChunkId chunk) {
    byte[] key = Arrays.copyOf(prefix, 1 + ChunkId.LENGTH);
    System.arraycopy(chunk.bytes(), 0, key, 1, ChunkId.LENGTH);
    return key;
  }

  @Override
  public void close() {
    batch.close();
  }
}
