package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.model.Sample;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.pack.BlockTableCodec;

class BlockTableFuzzTest {

  static Stream<byte[]> tables() {
    return Seeds.of(
        draw ->
            encode(
                List.of(
                    new BlockInfo(
                        BlockKind.TEXT, Codec.ZSTD, 100, 0, List.of(), Sample.chunks(draw, 4)),
                    new BlockInfo(
                        BlockKind.NODE,
                        Codec.ZSTD_DELTA,
                        70,
                        2,
                        List.of(Sample.chunkId(draw)),
                        Sample.chunks(draw, 1)))));
  }

  @MethodSource("tables")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_table_of_blocks_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, BlockTableFuzzTest::decode, BlockTableFuzzTest::encode);
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
}
