package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The vectors are those that come with the reference implementation of SipHash-2-4. */
class SipHashTest {

  private static final long KEY_0 = 0x0706050403020100L;
  private static final long KEY_1 = 0x0f0e0d0c0b0a0908L;

  private final SipHash hash = new SipHash(KEY_0, KEY_1);

  @Test
  void the_reference_vectors_of_whole_words_come_out() {
    assertThat(hash.finish()).isEqualTo(0x726fdb47dd0e0e31L);
    assertThat(hash.add(0x0706050403020100L).finish()).isEqualTo(0x93f5f5799a932462L);
    assertThat(hash.add(0x0706050403020100L).add(0x0f0e0d0c0b0a0908L).finish())
        .isEqualTo(0x3f2acc7f57c29bdbL);
  }

  @Test
  void bytes_are_words_with_their_number_in_the_last() {
    byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    long expected = hash.add(0x0706050403020100L).add(0x0b00_0000_000a_0908L).finish();
    assertThat(hash.add(bytes, bytes.length).finish()).isEqualTo(expected);
  }

  @Test
  void bytes_that_begin_alike_or_end_with_zeros_differ() {
    Set<Long> seen = new HashSet<>();
    for (int length = 0; length <= 255; length++) {
      assertThat(seen.add(hash.add(new byte[255], length).finish())).isTrue();
    }
  }
}
