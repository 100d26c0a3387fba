package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.model.Sample;
import org.mailkeep.model.snapshot.ManifestCodec;

class ManifestFuzzTest {

  static Stream<byte[]> manifests() {
    return Seeds.of(draw -> ManifestCodec.encode(Sample.manifest(draw)));
  }

  @MethodSource("manifests")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_manifest_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, ManifestCodec::decode, ManifestCodec::encode);
  }
}
