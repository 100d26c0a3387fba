package org.mailkeep.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutationsTest {

  private static final byte[] VALID = {3, 1, 2, 3};

  @Test
  void every_truncation_and_every_flipped_bit_of_a_short_array() {
    List<String> damages = Mutations.of(VALID).map(Mutation::what).toList();
    assertThat(damages).filteredOn(what -> what.startsWith("cut")).hasSize(4);
    assertThat(damages)
        .filteredOn(what -> what.startsWith("bit"))
        .hasSize(32)
        .doesNotHaveDuplicates();
    assertThat(damages).filteredOn(what -> what.endsWith("added")).hasSize(4);
  }

  @Test
  void no_copy_equals_the_original_which_stays_as_it_was() {
    byte[] original = VALID.clone();
    assertThat(Mutations.of(original)).noneMatch(copy -> Arrays.equals(copy.bytes(), VALID));
    assertThat(original).isEqualTo(VALID);
  }

  @Test
  void a_long_array_is_sampled_with_both_ends() {
    byte[] large = new Draw(1, 0).bytes(1 << 20);
    List<String> damages = Mutations.of(large).map(Mutation::what).toList();
    assertThat(damages).hasSizeLessThan(9000);
    assertThat(damages)
        .contains("cut to 0 bytes", "cut to 1048575 bytes", "bit 0 of byte 0 flipped");
  }

  @Test
  void nothing_can_only_grow() {
    assertThat(Mutations.of(new byte[0])).hasSize(4).allMatch(copy -> copy.bytes().length > 0);
  }

  @Test
  void a_decoder_that_throws_something_else_fails_the_test() {
    Mutations.Decoder careless = bytes -> bytes[bytes[0]];
    assertThatCode(() -> Mutations.mayOnlyThrow(IOException.class, VALID, careless))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Not a IOException: cut to 0 bytes")
        .hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
    Mutations.mayOnlyThrow(IndexOutOfBoundsException.class, VALID, careless);
  }

  @Test
  void a_decoder_that_must_notice_fails_on_the_first_damage_it_takes() {
    assertThatCode(
            () -> Mutations.mustThrow(UncheckedIOException.class, VALID, bytes -> bytes.length))
        .hasMessage("Nothing was noticed: cut to 0 bytes");
    Mutations.mustThrow(
        IOException.class,
        VALID,
        bytes -> {
          throw new IOException("seen");
        });
  }
}
