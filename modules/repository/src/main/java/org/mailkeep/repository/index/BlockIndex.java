package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * The blocks of the packs that a {@link LocalIndex} knows, by the packs' local numbers. Those asked
 * for last are kept. Safe for use by many threads.
 */
final class BlockIndex {

  private static final int CACHED_BLOCKS = 4096;

  private final StateDatabase state;
  private final IntFunction<ObjectId> packs;
  private final Map<Long, BlockLocation> recent =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BlockLocation> eldest) {
          return size() > CACHED_BLOCKS;
        }
      };

  /**
   * @param packs the packs of local numbers
   */
  BlockIndex(StateDatabase state, IntFunction<ObjectId> packs) {
    this.state = state;
    this.packs = packs;
  }

  /** A block of a pack. */
  BlockLocation get(int pack, int number) {
    long key = (long) pack << 32 | number;
    synchronized (recent) {
      BlockLocation cached = recent.get(key);
      if (cached != null) {
        return cached;
      }
    }
    BlockLocation location =
        read(pack, number, PackNumbers.known(state.get(Table.BLOCKS, key(pack, number))));
    synchronized (recent) {
      recent.put(key, location);
    }
    return location;
  }

  /** Calls back with each block that is a difference, and its pack's local number. */
  void eachDelta(ObjIntConsumer<BlockLocation> visitor) {
    state.scan(
        Table.BLOCKS,
        new byte[0],
        (key, value) -> {
          ByteReader in = new ByteReader(key);
          int pack = in.u32();
          BlockLocation block = read(pack, in.u32(), value);
          if (block.depth() > 0) {
            visitor.accept(block, pack);
          }
        });
  }

  private BlockLocation read(int pack, int number, byte[] value) {
    ByteReader in = new ByteReader(value);
    ObjectId id = packs.apply(pack);
    long offset = in.varint();
    int storedLength = (int) in.varint();
    int length = (int) in.varint();
    BlockKind kind = BlockKind.of(in.u8()).orElseThrow();
    Codec codec = Codec.of(in.u8()).orElseThrow();
    int depth = in.u8();
    List<ChunkId> bases = new ArrayList<>();
    while (in.remaining() > 0) {
      bases.add(ChunkId.read(in));
    }
    return new BlockLocation(id, number, offset, storedLength, length, kind, codec, depth, bases);
  }

  /** Adds a block to a batch. */
  static void put(Batch batch, int pack, int number, BlockInfo block, long offset) {
    ByteWriter out = new ByteWriter(32 + block.bases().size() * ChunkId.LENGTH);
    out.varint(offset).varint(block.storedLength()).varint(block.length());
    out.u8(block.kind().code()).u8(block.codec().code()).u8(block.depth());
    block.bases().forEach(base -> base.write(out));
    batch.put(Table.BLOCKS, key(pack, number), out.toByteArray());
  }

  /** Has a batch remove all blocks of a pack. */
  void remove(Batch batch, int pack) {
    byte[] all = new ByteWriter(4).u32(pack).toByteArray();
    state.scan(Table.BLOCKS, all, (key, _) -> batch.delete(Table.BLOCKS, key));
  }

  /** Keeps none any longer, since packs were removed. */
  void forget() {
    synchronized (recent) {
      recent.clear();
    }
  }

  private static byte[] key(int pack, int block) {
    return new ByteWriter(8).u32(pack).u32(block).toByteArray();
  }
}
