package org.mailkeep.repository.pack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.mailkeep.crypto.BlockSealer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.object.ObjectHeader;
import org.mailkeep.repository.object.ObjectKind;

/** Collects compressed blocks until they make a pack, and then seals them. Not thread-safe. */
final class PackBuilder {

  /** A compressed block that is not sealed yet. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(
      BlockKind kind,
      Codec codec,
      byte[] bytes,
      int depth,
      List<ChunkId> bases,
      List<ChunkRef> chunks) {}

  /**
   * A pack ready to be stored.
   *
   * @param content the file's bytes in order
   */
  record SealedPack(PackTable table, List<byte[]> content) {}

  private final Deque<Block> blocks = new ArrayDeque<>();
  private long size;
  private long chunks;

  void add(Block block) {
    chunks += block.chunks.size();
    blocks.add(block);
    size += block.bytes.length + (long) block.chunks.size() * ChunkId.LENGTH;
  }

  void addAll(PackBuilder other) {
    other.blocks.forEach(this::add);
  }

  /** Whether it is large enough; of tiny chunks the table is larger than the blocks. */
  boolean isFull() {
    return size >= PackFormat.TARGET_SIZE || chunks >= PackFormat.TARGET_CHUNKS;
  }

  /** Whether the two together are not full. */
  boolean hasRoomFor(PackBuilder other) {
    return size + other.size < PackFormat.TARGET_SIZE
        && chunks + other.chunks < PackFormat.TARGET_CHUNKS;
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  boolean hasDeltas() {
    return blocks.stream().anyMatch(block -> block.depth() > 0);
  }

  /** Seals the blocks, which are gone from here then. */
  SealedPack seal(KeySet keys, SealingSession session) {
    BlockSealer sealer = session.newObject(ObjectKind.PACK.code());
    ObjectId id = sealer.id();
    ByteWriter head = new ByteWriter(PackFormat.FIRST_BLOCK);
    ObjectHeader.write(ObjectKind.PACK, id, head);
    session.envelope().write(head);
    List<byte[]> content = new ArrayList<>(blocks.size() + 3);
    content.add(head.toByteArray());
    List<BlockInfo> infos = new ArrayList<>(blocks.size());
    while (!blocks.isEmpty()) {
      // What is sealed is let go: two packs' worth of memory would be held else.
      Block block = blocks.removeFirst();
      byte[] sealed = sealer.seal(infos.size(), PackFormat.blockData(block.kind), block.bytes);
      content.add(sealed);
      infos.add(
          new BlockInfo(
              block.kind, block.codec, sealed.length, block.depth, block.bases, block.chunks));
    }
    ByteWriter table = new ByteWriter(1 << 14);
    BlockTableCodec.write(infos, table);
    byte[] footer = PackFormat.footer(table.length() + BlockSealer.OVERHEAD);
    byte[] covered = new ByteWriter(2048).raw(head.toByteArray()).raw(footer).toByteArray();
    content.add(
        keys.symmetricSealer(Purpose.PACK_TABLE, id)
            .seal(PackFormat.TABLE_NUMBER, covered, table.toByteArray()));
    content.add(footer);
    long length = content.stream().mapToLong(part -> part.length).sum();
    return new SealedPack(new PackTable(id, length, infos), content);
  }
}
