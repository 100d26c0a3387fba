package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryTest {

  @Test
  void what_is_kept_comes_back_until_it_is_given_back() {
    Memory.Kept kept;
    try (Memory memory = new Memory()) {
      byte[] bytes = {1, 2, 3};
      kept = memory.keep(bytes);
      bytes[0] = 9;
      assertThat(kept.bytes()).containsExactly(1, 2, 3);
      assertThat(memory.keep(new byte[0]).bytes()).isEmpty();
    }
    assertThatThrownBy(kept::bytes).isInstanceOf(IllegalStateException.class);
  }
}
