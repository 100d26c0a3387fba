package org.mailkeep.model.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.FileName;

/** Changed boundaries would store every directory again, so these values stay as they are. */
final class NodeBoundaryTest {

  @Test
  void the_names_that_end_a_node_never_change() {
    List<Integer> ending =
        IntStream.range(0, 1000)
            .filter(i -> NodeBoundary.after(FileName.of("name-" + i), NodeBoundary.MIN, 0))
            .boxed()
            .toList();
    assertThat(ending).containsExactly(314, 639, 699, 822, 929);
  }

  @Test
  void bytes_of_128_and_more_are_unsigned_in_the_hash() {
    List<Integer> ending =
        IntStream.range(0, 256)
            .filter(i -> NodeBoundary.after(FileName.of(bytes(i)), NodeBoundary.MIN, 0))
            .boxed()
            .toList();
    assertThat(ending).containsExactly(82, 213);
  }

  private static byte[] bytes(int i) {
    return new byte[] {(byte) 0xff, (byte) i};
  }

  @Test
  void a_node_has_at_least_32_and_at_most_512_entries() {
    for (int i = 0; i < 1000; i++) {
      FileName name = FileName.of("name-" + i);
      assertThat(NodeBoundary.after(name, 31, 0)).isFalse();
      assertThat(NodeBoundary.after(name, 511, 0)).isEqualTo(NodeBoundary.after(name, 32, 0));
      assertThat(NodeBoundary.after(name, 512, 0)).isTrue();
    }
  }

  @Test
  void a_node_ends_when_its_bytes_become_too_many() {
    FileName name = FileName.of("name-0");
    assertThat(NodeBoundary.after(name, 1, NodeBoundary.MAX_BYTES)).isTrue();
    assertThat(NodeBoundary.after(name, 1, NodeBoundary.MAX_BYTES - 1)).isFalse();
  }

  @Test
  void one_name_in_96_ends_a_node_whatever_names_look_like() {
    for (String form : List.of("%d", "name-%08d", "17676%05d.M1P%1$d.mx,S=1:2,S", "%1$x%1$x")) {
      long ending =
          IntStream.range(0, 48_000)
              .filter(i -> NodeBoundary.after(FileName.of(String.format(form, i)), 32, 0))
              .count();
      assertThat(ending).isBetween(425L, 575L);
    }
  }
}
