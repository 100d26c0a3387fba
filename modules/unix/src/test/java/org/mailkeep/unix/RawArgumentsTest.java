package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawArgumentsTest {

  private static final byte[] LINE = bytes("java\0-jar\0x.jar\0backup\0\0/caf\u00e9\0");

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  @Test
  void the_last_arguments_come_with_their_bytes() {
    String[] args = {"backup", "", "/caf\ufffd"};
    assertThat(RawArguments.of(args, LINE)).containsExactly("backup", "", "/caf\udce9");
    assertThat(RawArguments.of(new String[0], LINE)).isEmpty();
  }

  @Test
  void arguments_of_someone_else_are_taken_as_they_are() {
    assertThat(RawArguments.of(new String[] {"restore", "", "/caf"}, LINE))
        .containsExactly("restore", "", "/caf");
    assertThat(RawArguments.of(new String[] {"a", "b"}, bytes("java\0"))).containsExactly("a", "b");
    assertThat(RawArguments.of(new String[] {"no such argument"}))
        .containsExactly("no such argument");
  }
}
