package org.mailkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

final class BlockTableCodecTest {

  @Test
  void any_table_comes_back_equal() {
    Property.check(
        300,
        draw -> {
          List<BlockInfo> blocks = blocks(draw);
          byte[] bytes = encode(blocks);
          assertThat(decode(bytes)).isEqualTo(blocks);
          assertThat(encode(decode(bytes))).isEqualTo(bytes);
        });
  }

  @Test
  void the_outlines_of_all_blocks_come_first_and_all_ids_last() {
    ChunkRef one = new ChunkRef(new ChunkId(1, 1, 1), 300);
    ChunkRef two = new ChunkRef(new ChunkId(2, 2, 2), 5);
    List<BlockInfo> blocks =
        List.of(
            new BlockInfo(BlockKind.TEXT, Codec.ZSTD, 100, 0, List.of(), List.of(one)),
            new BlockInfo(
                BlockKind.NODE,
                Codec.ZSTD_DELTA,
                20,
                3,
                List.of(new ChunkId(3, 3, 3)),
                List.of(two)));
    assertThat(HexFormat.of().formatHex(encode(blocks)))
        .isEqualTo(
            "02"
                + "060164"
                + "01ac02"
                + "010214"
                + "0301"
                + "0105"
                + "0000000000000001".repeat(3)
                + "0000000000000003".repeat(3)
                + "0000000000000002".repeat(3));
  }

  @Test
  void damaged_bytes_are_malformed_or_another_table() {
    Property.check(
        12,
        draw ->
            Mutations.mayOnlyThrow(
                MalformedException.class, encode(blocks(draw)), BlockTableCodecTest::decodeSound));
  }

  private static Object decodeSound(byte[] bytes) {
    List<BlockInfo> blocks = decode(bytes);
    assertEquals(blocks, decode(encode(blocks)));
    return blocks;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01" + "000164" + "0101", // an unknown kind
        "01" + "080164" + "0101", // another
        "01" + "060364" + "0101", // an unknown codec
        "01" + "060164" + "00", // no chunks
        "01" + "060164" + "0100", // an empty chunk
        "01" + "060164" + "0181808008", // a chunk longer than any
        "01" + "060164" + "038080800880808008" + "01", // a block longer than any
        "01" + "010264" + "0001" + "0101", // a difference of no depth
        "01" + "010264" + "0501" + "0101", // one deeper than any
        "01" + "010264" + "0100" + "0101", // one to nothing
        "ffffffff0f", // 2^32 - 1 blocks
        "01" + "060164" + "ffffff7f" // a block of 2^28 chunks
      })
  void what_no_pack_can_hold_is_malformed(String hex) {
    byte[] bytes =
        new ByteWriter().raw(HexFormat.of().parseHex(hex)).raw(new byte[96]).toByteArray();
    assertThatThrownBy(() -> decode(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void a_block_without_chunks_or_a_difference_without_base_cannot_be_made() {
    ChunkId id = new ChunkId(1, 1, 1);
    List<ChunkRef> chunks = List.of(new ChunkRef(id, 1));
    assertThatThrownBy(() -> new BlockInfo(BlockKind.NODE, Codec.RAW, 17, 0, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new BlockInfo(BlockKind.NODE, Codec.ZSTD_DELTA, 17, 1, List.of(), chunks))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BlockInfo(BlockKind.NODE, Codec.RAW, 17, 1, List.of(), chunks))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new BlockInfo(BlockKind.NODE, Codec.ZSTD_DELTA, 17, 5, List.of(id), chunks))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void kinds_and_codecs_are_found_by_their_numbers() {
    for (BlockKind kind : BlockKind.values()) {
      assertThat(BlockKind.of(kind.code())).hasValue(kind);
    }
    for (Codec codec : Codec.values()) {
      assertThat(Codec.of(codec.code())).hasValue(codec);
    }
    assertThat(BlockKind.of(0)).isEmpty();
    assertThat(BlockKind.of(255)).isEmpty();
    assertThat(Codec.of(3)).isEmpty();
  }

  private static byte[] encode(List<BlockInfo> blocks) {
    ByteWriter out = new ByteWriter();
    BlockTableCodec.write(blocks, out);
    return out.toByteArray();
  }

  private static List<BlockInfo> decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    List<BlockInfo> blocks = BlockTableCodec.read(in);
    in.end();
    return blocks;
  }

  private static List<BlockInfo> blocks(Draw draw) {
    List<BlockInfo> blocks = new ArrayList<>();
    for (int left = draw.length(8); left > 0; left--) {
      Codec codec = draw.pick(Codec.values());
      boolean delta = codec == Codec.ZSTD_DELTA;
      List<ChunkRef> chunks = new ArrayList<>();
      for (int more = draw.between(1, 5); more > 0; more--) {
        chunks.add(new ChunkRef(id(draw), 1 + draw.length(1 << 20)));
      }
      blocks.add(
          new BlockInfo(
              delta ? BlockKind.NODE : draw.pick(BlockKind.values()),
              codec,
              draw.length(1 << 20),
              delta ? draw.between(1, BlockInfo.MAX_DEPTH) : 0,
              delta ? List.of(id(draw), id(draw)) : List.of(),
              chunks));
    }
    return blocks;
  }

  private static ChunkId id(Draw draw) {
    return ChunkId.of(draw.bytes(ChunkId.LENGTH), 0);
  }
}
