package org.mailkeep.repository.pack;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;

/**
 * The bytes of a list of blocks, as packs' tables and index segments have them: the number of
 * blocks; for each its kind and codec (one byte each), sealed length, for a delta its depth and the
 * number of its bases, the number of its chunks and their lengths; then, for each block again, the
 * ids of its bases and chunks. Numbers are varints but where a size is given.
 */
public final class BlockTableCodec {

  private BlockTableCodec() {}

  /** Appends the blocks. */
  public static void write(List<BlockInfo> blocks, ByteWriter out) {
    out.varint(blocks.size());
    for (BlockInfo block : blocks) {
      out.u8(block.kind().code()).u8(block.codec().code()).varint(block.storedLength());
      if (block.codec() == Codec.ZSTD_DELTA) {
        out.varint(block.depth()).varint(block.bases().size());
      }
      out.varint(block.chunks().size());
      block.chunks().forEach(chunk -> out.varint(chunk.length()));
    }
    for (BlockInfo block : blocks) {
      block.bases().forEach(id -> id.write(out));
      block.chunks().forEach(chunk -> chunk.id().write(out));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedException where it is no list of blocks
   */
  public static List<BlockInfo> read(ByteReader in) {
    List<Outline> outlines = new ArrayList<>();
    for (int left = in.countOf(5 + ChunkId.LENGTH); left > 0; left--) {
      outlines.add(readOutline(in));
    }
    List<BlockInfo> blocks = new ArrayList<>(outlines.size());
    for (Outline outline : outlines) {
      blocks.add(outline.fill(in));
    }
    return blocks;
  }

  private static Outline readOutline(ByteReader in) {
    BlockKind kind =
        BlockKind.of(in.u8()).orElseThrow(() -> new MalformedException("unknown kind of block"));
    Codec codec = Codec.of(in.u8()).orElseThrow(() -> new MalformedException("unknown codec"));
    int stored = in.count(2 * BlockInfo.MAX_LENGTH);
    boolean delta = codec == Codec.ZSTD_DELTA;
    int depth = delta ? in.count(BlockInfo.MAX_DEPTH) : 0;
    int bases = delta ? in.countOf(1) : 0;
    int[] lengths = new int[in.countOf(1)];
    long total = 0;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = in.count(ChunkRef.MAX_LENGTH);
      total += lengths[i];
      if (lengths[i] == 0 || total > BlockInfo.MAX_LENGTH) {
        throw new MalformedException("a block with lengths out of range");
      }
    }
    if (lengths.length == 0 || (delta && (depth == 0 || bases == 0))) {
      throw new MalformedException("an empty block, or a delta to nothing");
    }
    return new Outline(kind, codec, stored, depth, bases, lengths);
  }

  /** A block that still waits for its ids. */
  @SuppressWarnings("ArrayRecordComponent") // lives within one call
  private record Outline(
      BlockKind kind, Codec codec, int stored, int depth, int bases, int[] lengths) {

    BlockInfo fill(ByteReader in) {
      List<ChunkId> baseIds = new ArrayList<>();
      for (int i = 0; i < bases; i++) {
        baseIds.add(ChunkId.read(in));
      }
      List<ChunkRef> chunks = new ArrayList<>(lengths.length);
      for (int length : lengths) {
        chunks.add(new ChunkRef(ChunkId.read(in), length));
      }
      return new BlockInfo(kind, codec, stored, depth, baseIds, chunks);
    }
  }
}
