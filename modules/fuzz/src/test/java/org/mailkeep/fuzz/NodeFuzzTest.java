package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.model.Sample;
import org.mailkeep.model.tree.NodeCodec;

class NodeFuzzTest {

  static Stream<byte[]> nodes() {
    return Seeds.of(draw -> NodeCodec.encode(Sample.node(draw, 6)));
  }

  @MethodSource("nodes")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_node_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, NodeCodec::decode, NodeCodec::encode);
  }
}
