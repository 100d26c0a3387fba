package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.repository.RepositoryConfig;

class RepositoryConfigFuzzTest {

  static Stream<byte[]> configs() {
    SecureRandom random = new SecureRandom();
    byte[] bytes =
        RepositoryConfig.create(
                RepositoryId.generate(random), Instant.EPOCH, FullKeys.generate(random))
            .encode();
    return Stream.of(Checksum.remove(bytes));
  }

  @MethodSource("configs")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_with_a_right_checksum_are_a_configuration_or_damaged(byte[] unsummed) {
    byte[] bytes = Checksum.append(unsummed);
    Decoding.sameBytes(bytes, RepositoryConfig::decode, RepositoryConfig::encode);
  }
}
