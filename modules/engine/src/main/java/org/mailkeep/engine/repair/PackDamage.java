package org.mailkeep.engine.repair;

import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * What is known of damage to packs, kept on disk: which packs are to be set aside, which of their
 * blocks cannot be read, and which chunks of these are nowhere else.
 */
final class PackDamage {

  /** A depth that no block has: the chunk is nowhere. */
  static final int NOWHERE = 255;

  private static final int PACK = 'p';
  private static final int BLOCK = 'b';
  private static final int LOST = 'l';
  private static final int SALVAGED = 's';
  private static final int SUSPECT = 'u';
  private static final int LOOKED_AT = 'k';
  private static final int SAVED = 'd';

  private final StateDatabase state;

  PackDamage(StateDatabase state) {
    this.state = state;
  }

  /** The pack is to be set aside; says whether that is new. */
  boolean add(ObjectId pack) {
    boolean isNew = !contains(pack);
    put(key(PACK, pack.bytes()), 0);
    return isNew;
  }

  boolean contains(ObjectId pack) {
    return get(key(PACK, pack.bytes())) != null;
  }

  /** The pack is to be read, for what another needs of it could not be read. */
  void suspect(ObjectId pack) {
    put(key(SUSPECT, pack.bytes()), 0);
  }

  boolean isSuspect(ObjectId pack) {
    return get(key(SUSPECT, pack.bytes())) != null;
  }

  /** Whether this is asked for the first time. */
  boolean isFirstLook(ObjectId pack) {
    return isFirst(LOOKED_AT, pack);
  }

  /** Whether this is asked for the first time. */
  boolean isFirstSave(ObjectId pack) {
    return isFirst(SAVED, pack);
  }

  private boolean isFirst(int kind, ObjectId pack) {
    boolean first = get(key(kind, pack.bytes())) == null;
    put(key(kind, pack.bytes()), 0);
    return first;
  }

  void forEachPack(Consumer<ObjectId> each) {
    scan(PACK, (key, _) -> each.accept(ObjectId.read(new ByteReader(key, 1, ObjectId.LENGTH))));
  }

  /** The block cannot be read; its chunks count as lost until they are found elsewhere. */
  void addBlock(BlockLocation location, BlockInfo block) {
    put(blockKey(location), 0);
    block.chunks().forEach(chunk -> put(key(LOST, chunk.id().bytes()), NOWHERE));
  }

  boolean isBad(BlockLocation location) {
    return get(blockKey(location)) != null;
  }

  /** A chunk that a block to be salvaged has; where else it is shows later. */
  void salvage(BlockInfo block) {
    block.chunks().forEach(chunk -> put(key(SALVAGED, chunk.id().bytes()), NOWHERE));
  }

  /** All chunks count as being nowhere again, before all packs are gone through once more. */
  void forgetPlaces() {
    for (int kind : new int[] {LOST, SALVAGED}) {
      scan(kind, (key, _) -> put(key, NOWHERE));
    }
  }

  /** Takes note of the blocks of a pack that can be read. */
  void see(PackTable pack) {
    boolean stays = !contains(pack.pack());
    for (BlockLocation location : pack.locations()) {
      if (!isBad(location)) {
        for (ChunkRef chunk : pack.blocks().get(location.number()).chunks()) {
          see(key(LOST, chunk.id().bytes()), location.depth());
          if (stays) {
            see(key(SALVAGED, chunk.id().bytes()), location.depth());
          }
        }
      }
    }
  }

  private void see(byte[] key, int depth) {
    byte @Nullable [] known = get(key);
    if (known != null && (known[0] & 0xff) > depth) {
      put(key, depth);
    }
  }

  /** Whether the chunk was in a block that cannot be read and is in no other that is less deep. */
  boolean isLost(ChunkId chunk, int depth) {
    byte @Nullable [] known = get(key(LOST, chunk.bytes()));
    return known != null && (known[0] & 0xff) >= depth;
  }

  /** Whether all chunks of a block to be salvaged are in packs that stay, no deeper. */
  boolean isElsewhere(BlockInfo block) {
    for (ChunkRef chunk : block.chunks()) {
      byte @Nullable [] known = get(key(SALVAGED, chunk.id().bytes()));
      if (known == null || (known[0] & 0xff) > block.depth()) {
        return false;
      }
    }
    return true;
  }

  /** How many chunks are lost. */
  long lostChunks() {
    long[] count = {0};
    scan(LOST, (_, depth) -> count[0] += depth == NOWHERE ? 1 : 0);
    return count[0];
  }

  private static byte[] blockKey(BlockLocation location) {
    return new ByteWriter(37)
        .u8(BLOCK)
        .raw(location.pack().bytes())
        .u32(location.number())
        .toByteArray();
  }

  private static byte[] key(int kind, byte[] id) {
    return new ByteWriter(33).u8(kind).raw(id).toByteArray();
  }

  private byte @Nullable [] get(byte[] key) {
    return state.get(Table.PACK_CHECKS, key);
  }

  private void put(byte[] key, int value) {
    state.put(Table.PACK_CHECKS, key, new byte[] {(byte) value});
  }

  private void scan(int kind, ObjIntConsumer<byte[]> each) {
    state.scan(
        Table.PACK_CHECKS,
        new byte[] {(byte) kind},
        (key, value) -> each.accept(key, value[0] & 0xff));
  }
}
