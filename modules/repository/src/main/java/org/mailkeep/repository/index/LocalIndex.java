package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.pack.BlockTableCodec;
import org.mailkeep.repository.pack.PackFormat;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * The chunk index of the host state. Packs get short local numbers, so that a million chunks cost
 * some 40 MB of disk. A pack that was stored but stands in no index segment yet is kept in {@link
 * Table#UNPUBLISHED}, so that an interrupted run loses nothing: the next one publishes it.
 */
public final class LocalIndex implements ChunkIndex {

  private static final byte[] NEXT_PACK = {'n'};
  private static final byte[] GENERATION = {'g'};
  private static final byte[] WHOLE = {'w'};
  private static final int CACHED_BLOCKS = 4096;

  private final StateDatabase state;
  private final Map<Long, BlockLocation> recent =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BlockLocation> eldest) {
          return size() > CACHED_BLOCKS;
        }
      };
  private int nextPack;

  /** The index in this state. */
  public LocalIndex(StateDatabase state) {
    this.state = state;
    byte[] next = state.get(Table.FACTS, NEXT_PACK);
    this.nextPack = next == null ? 0 : new ByteReader(next).u32();
  }

  @Override
  public boolean contains(ChunkId id) {
    return state.get(Table.CHUNKS, id.bytes()) != null;
  }

  @Override
  public Optional<ChunkLocation> find(ChunkId id) {
    byte[] value = state.get(Table.CHUNKS, id.bytes());
    if (value == null) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(value);
    int pack = (int) in.varint();
    int block = (int) in.varint();
    int offset = (int) in.varint();
    int length = (int) in.varint();
    return Optional.of(new ChunkLocation(block(pack, block), offset, length));
  }

  private BlockLocation block(int pack, int number) {
    long key = (long) pack << 32 | number;
    synchronized (recent) {
      BlockLocation cached = recent.get(key);
      if (cached != null) {
        return cached;
      }
    }
    BlockLocation location = readBlock(pack, number);
    synchronized (recent) {
      recent.put(key, location);
    }
    return location;
  }

  private BlockLocation readBlock(int pack, int number) {
    ByteReader in = new ByteReader(known(state.get(Table.BLOCKS, blockKey(pack, number))));
    ObjectId id = ObjectId.of(known(state.get(Table.PACKS, packKey(pack))));
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

  /** The host state writes a pack's records in one batch, so none of them can be missing alone. */
  private static byte[] known(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalStateException("the host state lost a pack");
    }
    return value;
  }

  @Override
  public synchronized void add(PackTable pack) {
    ByteWriter table = new ByteWriter(1 << 16);
    table.varint(pack.size());
    BlockTableCodec.write(pack.blocks(), table);
    try (StateDatabase.Batch batch = state.batch()) {
      batch.put(Table.UNPUBLISHED, pack.pack().bytes(), table.toByteArray());
      addTo(batch, pack);
      batch.commit();
    }
  }

  /** Takes note of packs that an index segment names, and of the segment. */
  public synchronized void addPublished(ObjectId segment, Iterable<PackTable> packs) {
    try (StateDatabase.Batch batch = state.batch()) {
      for (PackTable pack : packs) {
        batch.delete(Table.UNPUBLISHED, pack.pack().bytes());
        if (!hasPack(pack.pack())) {
          addTo(batch, pack);
        }
        // Before the next pack looks at what is there.
        batch.commit();
      }
      batch.put(Table.SEGMENTS, segment.bytes(), new byte[0]);
      batch.commit();
    }
  }

  /** Whether the pack's chunks are in the index. */
  public boolean hasPack(ObjectId pack) {
    return state.get(Table.PACKS, pack.bytes()) != null;
  }

  /** Whether the segment's packs are in the index. */
  public boolean hasSegment(ObjectId segment) {
    return state.get(Table.SEGMENTS, segment.bytes()) != null;
  }

  /** The segments whose packs are in the index. */
  public List<ObjectId> segments() {
    List<ObjectId> segments = new ArrayList<>();
    state.scan(Table.SEGMENTS, new byte[0], (key, _) -> segments.add(ObjectId.of(key)));
    return segments;
  }

  /**
   * Some of the packs that are stored and stand in no index segment.
   *
   * @param max how many at most
   * @param size bytes of tables after which there are enough
   */
  public List<PackTable> unpublished(int max, long size) {
    List<PackTable> packs = new ArrayList<>();
    long[] bytes = {0};
    state.scan(
        Table.UNPUBLISHED,
        new byte[0],
        (key, value) -> {
          if (packs.size() < max && bytes[0] < size) {
            bytes[0] += value.length;
            ByteReader in = new ByteReader(value);
            long length = in.varint();
            packs.add(new PackTable(ObjectId.of(key), length, BlockTableCodec.read(in)));
          }
        });
    return packs;
  }

  /** The ids of all packs that are stored and stand in no index segment. */
  public List<ObjectId> unpublishedIds() {
    List<ObjectId> packs = new ArrayList<>();
    state.scan(Table.UNPUBLISHED, new byte[0], (key, _) -> packs.add(ObjectId.of(key)));
    return packs;
  }

  /** Whether all segments and packs were looked at once since the index began. */
  public boolean isWhole() {
    return state.get(Table.FACTS, WHOLE) != null;
  }

  /** Takes note that all segments and packs were looked at. */
  public void setWhole() {
    state.put(Table.FACTS, WHOLE, new byte[0]);
  }

  /**
   * How often the index was begun anew. What was noted under another generation may speak of
   * content that is no longer there.
   */
  public long generation() {
    byte[] value = state.get(Table.FACTS, GENERATION);
    return value == null ? 0 : new ByteReader(value).u64();
  }

  /** Forgets everything, at once: half an index would be taken for a whole one. */
  public synchronized void clear() {
    try (StateDatabase.Batch batch = state.batch()) {
      batch.delete(Table.FACTS, WHOLE);
      batch.put(Table.FACTS, GENERATION, new ByteWriter(8).u64(generation() + 1).toByteArray());
      batch.clear(Table.CHUNKS).clear(Table.BLOCKS).clear(Table.PACKS);
      batch.clear(Table.UNPUBLISHED).clear(Table.SEGMENTS);
      batch.commit();
    }
    synchronized (recent) {
      recent.clear();
    }
  }

  private void addTo(StateDatabase.Batch batch, PackTable pack) {
    int number = nextPack++;
    batch.put(Table.FACTS, NEXT_PACK, new ByteWriter().u32(nextPack).toByteArray());
    batch.put(Table.PACKS, packKey(number), pack.pack().bytes());
    batch.put(Table.PACKS, pack.pack().bytes(), packKey(number));
    long offset = PackFormat.FIRST_BLOCK;
    for (int i = 0; i < pack.blocks().size(); i++) {
      BlockInfo block = pack.blocks().get(i);
      batch.put(Table.BLOCKS, blockKey(number, i), blockValue(block, offset));
      addChunks(batch, block, number, i);
      offset += block.storedLength();
    }
  }

  private static byte[] blockValue(BlockInfo block, long offset) {
    ByteWriter out = new ByteWriter(32 + block.bases().size() * ChunkId.LENGTH);
    out.varint(offset).varint(block.storedLength()).varint(block.length());
    out.u8(block.kind().code()).u8(block.codec().code()).u8(block.depth());
    block.bases().forEach(base -> base.write(out));
    return out.toByteArray();
  }

  private void addChunks(StateDatabase.Batch batch, BlockInfo block, int pack, int number) {
    int offset = 0;
    ByteWriter value = new ByteWriter(20);
    for (ChunkRef chunk : block.chunks()) {
      value.clear();
      value.varint(pack).varint(number).varint(offset).varint(chunk.length());
      if (block.depth() == 0 || !isNearer(chunk.id(), block.depth())) {
        batch.put(Table.CHUNKS, chunk.id().bytes(), value.toByteArray());
      }
      offset += chunk.length();
    }
  }

  /**
   * Whether the chunk is known in a block that is no deeper. Hosts that do not know of each other
   * may store one node twice, at different depths; what one of them stored as a difference to it
   * opens only if the place that is taken is not the deeper one.
   */
  private boolean isNearer(ChunkId chunk, int depth) {
    return find(chunk).filter(known -> known.block().depth() <= depth).isPresent();
  }

  private static byte[] packKey(int pack) {
    return new ByteWriter(4).u32(pack).toByteArray();
  }

  private static byte[] blockKey(int pack, int block) {
    return new ByteWriter(8).u32(pack).u32(block).toByteArray();
  }
}
