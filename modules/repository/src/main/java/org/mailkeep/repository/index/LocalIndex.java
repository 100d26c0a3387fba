package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.pack.PackFormat;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.Cursor;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * The chunk index of the host state. Packs get short local numbers, so that a million chunks cost
 * some 40 MB of disk. A chunk that several packs have keeps all its places. A pack that was stored
 * but stands in no index segment yet is kept in {@link Table#UNPUBLISHED}, so that an interrupted
 * run loses nothing: the next one publishes it.
 */
public final class LocalIndex implements ChunkIndex {

  private static final byte[] GENERATION = {'g'};
  private static final byte[] WHOLE = {'w'};
  private static final byte[] GONE = {'d'};
  private static final long SWEEP_BYTES = 1 << 20;

  private final StateDatabase state;
  private final PackNumbers numbers;
  private final CondemnedNumbers condemned;
  private final BlockIndex blocks;

  /** The index in this state. */
  public LocalIndex(StateDatabase state) {
    this.state = state;
    this.numbers = new PackNumbers(state);
    this.condemned = new CondemnedNumbers(state, numbers);
    this.blocks = new BlockIndex(state, numbers::pack);
  }

  @Override
  public boolean contains(ChunkId id) {
    byte[] value = state.get(Table.CHUNKS, id.bytes());
    return value != null
        && (condemned.isEmpty() || ChunkPlace.read(value).stream().anyMatch(this::stays));
  }

  @Override
  public Optional<ChunkLocation> find(ChunkId id) {
    return find(id, BlockInfo.MAX_DEPTH + 1);
  }

  @Override
  public Optional<ChunkLocation> find(ChunkId id, int belowDepth) {
    return place(id, belowDepth).map(this::location);
  }

  /**
   * The place of a chunk that everybody takes, of those in blocks of less than this depth: one in a
   * pack that stays, with the least depth, in the pack that came last. Of places in condemned packs
   * all hosts take the same one, whatever their local numbers, so that of several prunes at a time
   * no two remove what the other relies on.
   */
  public Optional<ChunkPlace> place(ChunkId id, int belowDepth) {
    return place(state.get(Table.CHUNKS, id.bytes()), belowDepth);
  }

  private Optional<ChunkPlace> place(byte @Nullable [] value, int belowDepth) {
    if (value == null) {
      return Optional.empty();
    }
    List<ChunkPlace> places = ChunkPlace.read(value);
    if (places.size() == 1 && belowDepth > BlockInfo.MAX_DEPTH) {
      return Optional.of(places.getFirst());
    }
    return places.stream().filter(place -> depth(place) < belowDepth).min(order());
  }

  /** Looks up chunks of the index as it is now, quickest in the order of their ids. */
  public InOrder inOrder() {
    return new InOrder();
  }

  /** Many look-ups. Not for use by two threads. */
  public final class InOrder implements AutoCloseable {
    private final Cursor cursor = state.cursor(Table.CHUNKS);

    private InOrder() {}

    /** As {@link LocalIndex#place}. */
    public Optional<ChunkPlace> place(ChunkId id, int belowDepth) {
      return LocalIndex.this.place(cursor.find(id.bytes()), belowDepth);
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  @Override
  public List<ChunkLocation> findAll(ChunkId id, int belowDepth) {
    byte[] value = state.get(Table.CHUNKS, id.bytes());
    return value == null
        ? List.of()
        : ChunkPlace.read(value).stream()
            .filter(place -> depth(place) < belowDepth)
            .sorted(order())
            .map(this::location)
            .toList();
  }

  private Comparator<ChunkPlace> order() {
    return Comparator.comparing((ChunkPlace place) -> !stays(place))
        .thenComparingInt(this::depth)
        .thenComparing(this::compareLast);
  }

  private int compareLast(ChunkPlace a, ChunkPlace b) {
    return stays(a)
        ? Integer.compare(b.pack(), a.pack())
        : pack(a.pack()).compareTo(pack(b.pack()));
  }

  private int depth(ChunkPlace place) {
    return blocks.get(place.pack(), place.block()).depth();
  }

  /** Whether the place is in a pack that nobody condemned. */
  public boolean stays(ChunkPlace place) {
    return !condemned.contains(place.pack());
  }

  /** Whether the pack is in the index, and nobody condemned it. */
  public boolean stays(ObjectId pack) {
    return number(pack).stream().anyMatch(number -> !condemned.contains(number));
  }

  /** The place in full. */
  public ChunkLocation location(ChunkPlace place) {
    return new ChunkLocation(
        blocks.get(place.pack(), place.block()), place.offset(), place.length());
  }

  /** Calls back with each block that is a difference, and its pack's local number. */
  public void eachDelta(ObjIntConsumer<BlockLocation> visitor) {
    blocks.eachDelta(visitor);
  }

  /** The pack of this local number. */
  public ObjectId pack(int number) {
    return numbers.pack(number);
  }

  /** The local number of a pack, if it is in the index. */
  public OptionalInt number(ObjectId pack) {
    return numbers.number(pack);
  }

  @Override
  public synchronized void add(PackTable pack) {
    try (Batch batch = state.batch()) {
      batch.put(Table.UNPUBLISHED, pack.pack().bytes(), EncodedTable.of(pack).bytes());
      addTo(batch, pack);
      batch.commit();
    }
  }

  /** Takes note of packs that an index segment names, and of the segment. */
  public synchronized void addPublished(ObjectId segment, Iterable<PackTable> packs) {
    ByteWriter named = new ByteWriter(128);
    try (Batch batch = state.batch()) {
      for (PackTable pack : packs) {
        batch.delete(Table.UNPUBLISHED, pack.pack().bytes());
        if (!hasPack(pack.pack())) {
          addTo(batch, pack);
        }
        // The next one may be the same pack.
        batch.commit();
        named.u32(number(pack.pack()).orElseThrow());
      }
      batch.put(Table.SEGMENTS, segment.bytes(), named.toByteArray());
      batch.commit();
    }
  }

  /** Takes note of a segment that names packs of the index. */
  synchronized void setPublished(ObjectId segment, List<ObjectId> packs) {
    ByteWriter named = new ByteWriter(4 * packs.size());
    try (Batch batch = state.batch()) {
      for (ObjectId pack : packs) {
        batch.delete(Table.UNPUBLISHED, pack.bytes());
        named.u32(number(pack).orElseThrow());
      }
      batch.put(Table.SEGMENTS, segment.bytes(), named.toByteArray());
      batch.commit();
    }
  }

  /** Makes look-ups quick, at the price of writing all chunks anew: for an index that is built. */
  public void gather() {
    state.gather(Table.CHUNKS);
  }

  /** The local numbers of the packs that a segment names. */
  public BitSet packsIn(ObjectId segment) {
    BitSet packs = new BitSet();
    byte[] value = state.get(Table.SEGMENTS, segment.bytes());
    if (value != null) {
      ByteReader in = new ByteReader(value);
      while (in.remaining() > 0) {
        packs.set(in.u32());
      }
    }
    return packs;
  }

  /** Forgets that a segment is there; its packs stay. */
  public void forgetSegment(ObjectId segment) {
    try (Batch batch = state.batch()) {
      batch.delete(Table.SEGMENTS, segment.bytes()).commit();
    }
  }

  /** The lists of condemned packs that were taken note of. */
  public Set<ObjectId> condemnedLists() {
    return condemned.lists();
  }

  /**
   * Takes note of what is condemned. Where that makes chunks missing that were there, what was
   * noted on the strength of them is no longer trusted.
   *
   * @param added lists that are new
   * @param removed lists that are gone
   * @return those of the new lists that name a pack of this index
   */
  public synchronized List<CondemnedPacks.Condemned> condemn(
      List<CondemnedPacks.Condemned> added, Set<ObjectId> removed) {
    List<CondemnedPacks.Condemned> concerned =
        added.stream().filter(list -> list.packs().stream().anyMatch(this::hasPack)).toList();
    try (Batch batch = state.batch()) {
      condemned.note(batch, added, removed);
      if (!concerned.isEmpty()) {
        distrust(batch);
      }
      batch.commit();
    }
    condemned.read();
    return concerned;
  }

  /**
   * Takes no chunk in these packs for stored any more, until the state is closed: they are being
   * rewritten.
   */
  public void setAside(BitSet packs) {
    condemned.setAside(packs);
  }

  /** The local numbers of packs that are condemned. */
  public BitSet condemnedPacks() {
    return condemned.all();
  }

  /**
   * Forgets packs that are gone. Can be cut off at any step: {@link #finishRemoval} goes on.
   *
   * @param packs their local numbers
   * @return whether some of them were not condemned, so that chunks are missing that were there
   */
  public synchronized boolean remove(BitSet packs) {
    BitSet surprising = (BitSet) packs.clone();
    surprising.andNot(condemned.all());
    try (Batch batch = state.batch()) {
      packs.stream().forEach(pack -> batch.put(Table.FACTS, goneKey(pack), new byte[0]));
      if (!surprising.isEmpty()) {
        distrust(batch);
      }
      batch.commit();
    }
    finishRemoval();
    return !surprising.isEmpty();
  }

  /** Completes a removal of packs that was cut off. */
  public synchronized void finishRemoval() {
    BitSet gone = new BitSet();
    state.scan(Table.FACTS, GONE, (key, _) -> gone.set(new ByteReader(key, 1, 4).u32()));
    if (gone.isEmpty()) {
      return;
    }
    try (Batch batch = state.batch()) {
      state.scan(Table.CHUNKS, new byte[0], (key, value) -> sweep(gone, key, value, batch));
      batch.commit();
      for (int pack : gone.stream().toArray()) {
        removePack(pack, batch);
        batch.commit();
      }
    }
    blocks.forget();
    condemned.read();
  }

  private static void sweep(BitSet gone, byte[] chunk, byte[] value, Batch batch) {
    List<ChunkPlace> places = ChunkPlace.read(value);
    List<ChunkPlace> left = places.stream().filter(place -> !gone.get(place.pack())).toList();
    if (left.isEmpty()) {
      batch.delete(Table.CHUNKS, chunk);
    } else if (left.size() < places.size()) {
      batch.put(Table.CHUNKS, chunk, ChunkPlace.write(left));
    }
    if (batch.size() > SWEEP_BYTES) {
      batch.commit();
    }
  }

  private void removePack(int pack, Batch batch) {
    numbers.remove(batch, pack).ifPresent(id -> batch.delete(Table.UNPUBLISHED, id.bytes()));
    blocks.remove(batch, pack);
    batch.delete(Table.FACTS, goneKey(pack));
  }

  private void distrust(Batch batch) {
    batch.put(Table.FACTS, GENERATION, new ByteWriter(8).u64(generation() + 1).toByteArray());
  }

  /** Whether the pack's chunks are in the index. */
  public boolean hasPack(ObjectId pack) {
    return numbers.contains(pack);
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
  List<EncodedTable> unpublished(int max, long size) {
    List<EncodedTable> packs = new ArrayList<>();
    long[] bytes = {0};
    state.scanFrom(
        Table.UNPUBLISHED,
        new byte[0],
        (key, value) -> {
          packs.add(new EncodedTable(ObjectId.of(key), value));
          bytes[0] += value.length;
          return packs.size() < max && bytes[0] < size;
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
   * How often chunks became missing that were there. What was noted under another generation may
   * speak of content that is no longer there.
   */
  public long generation() {
    byte[] value = state.get(Table.FACTS, GENERATION);
    return value == null ? 0 : new ByteReader(value).u64();
  }

  /** Forgets everything, at once: half an index would be taken for a whole one. */
  public synchronized void clear() {
    try (Batch batch = state.batch()) {
      batch.delete(Table.FACTS, WHOLE);
      distrust(batch);
      state.scan(Table.FACTS, GONE, (key, _) -> batch.delete(Table.FACTS, key));
      batch.clear(Table.CHUNKS).clear(Table.BLOCKS).clear(Table.PACKS);
      batch.clear(Table.UNPUBLISHED).clear(Table.SEGMENTS);
      batch.commit();
    }
    blocks.forget();
    condemned.read();
  }

  private void addTo(Batch batch, PackTable pack) {
    int number = numbers.add(batch, pack.pack());
    long offset = PackFormat.FIRST_BLOCK;
    for (int i = 0; i < pack.blocks().size(); i++) {
      BlockInfo block = pack.blocks().get(i);
      BlockIndex.put(batch, number, i, block, offset);
      addChunks(batch, block, number, i);
      offset += block.storedLength();
    }
  }

  private static void addChunks(Batch batch, BlockInfo block, int pack, int number) {
    int offset = 0;
    for (ChunkRef chunk : block.chunks()) {
      ChunkPlace place = new ChunkPlace(pack, number, offset, chunk.length());
      batch.append(Table.CHUNKS, chunk.id().bytes(), ChunkPlace.write(List.of(place)));
      offset += chunk.length();
    }
  }

  private static byte[] goneKey(int pack) {
    return new ByteWriter(5).raw(GONE).u32(pack).toByteArray();
  }
}
