package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;

class KeySetFuzzTest {

  static Stream<byte[]> keys() {
    FullKeys keys = FullKeys.generate(new SecureRandom());
    return Stream.of(keys.encode(), keys.writer().encode());
  }

  @MethodSource("keys")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_set_of_keys_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, KeySet::decode, KeySet::encode);
  }
}
