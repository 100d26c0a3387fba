package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

final class Argon2CostTest {

  /** From the tests of the reference implementation, argon2id version 19. */
  @ParameterizedTest
  @CsvSource({
    "1, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "2, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"
  })
  void the_reference_implementation_gives_the_same_keys(int lanes, String key) {
    byte[] passphrase = "password".getBytes(StandardCharsets.US_ASCII);
    byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);
    assertThat(new Argon2Cost(256, 2, lanes).key(passphrase, salt).getEncoded())
        .isEqualTo(Broken.hex(key));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1, 1",
    "15, 1, 2",
    "4194305, 1, 1",
    "-1, 1, 1",
    "64, 0, 1",
    "64, 65, 1",
    "64, 1, 0",
    "1024, 1, 65",
    "64, -1, 1",
    "64, 1, -1"
  })
  void costs_beyond_the_limits_are_refused_and_never_read(int memory, int passes, int lanes) {
    assertThatThrownBy(() -> new Argon2Cost(memory, passes, lanes))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] bytes = new ByteWriter().u32(memory).u32(passes).u32(lanes).toByteArray();
    assertThatThrownBy(() -> Argon2Cost.read(new ByteReader(bytes)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void a_cost_beyond_the_heap_is_refused_with_advice() {
    Argon2Cost greedy = new Argon2Cost(4 << 20, 1, 1);
    assertThatThrownBy(() -> greedy.key(new byte[1], new byte[32]))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("4096 MiB")
        .extracting(e -> ((KeyException) e).advice())
        .asString()
        .contains("MAILKEEP_JAVA_OPTIONS=-Xmx8192m");
  }
}
