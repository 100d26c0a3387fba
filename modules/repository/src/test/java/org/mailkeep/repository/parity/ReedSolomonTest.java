package org.mailkeep.repository.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mailkeep.testkit.property.Property;

class ReedSolomonTest {

  @Test
  void the_field_multiplies_as_polynomials_do() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        assertThat(GaloisField.multiply(a, b)).isEqualTo(SlowCode.multiply(a, b));
      }
    }
    for (int a = 1; a < 256; a++) {
      assertThat(GaloisField.inverse(a)).isEqualTo(SlowCode.inverse(a));
    }
    assertThatThrownBy(() -> GaloisField.inverse(0)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void the_fast_coder_makes_what_the_slow_one_makes() {
    Property.check(
        12,
        draw -> {
          byte[] pack = draw.bytes(draw.between(1, draw.flip() ? 9000 : 200 * 4096));
          ParityLayout layout = ParityLayout.of(pack.length, draw.between(1, 12));
          ParityEncoder encoder = new ParityEncoder(layout);
          for (int at = 0; at < pack.length; ) {
            int part = Math.min(pack.length - at, draw.between(1, 10_000));
            encoder.add(pack, at, part);
            at += part;
          }
          int group = draw.between(0, layout.groups() - 1);
          int row = draw.between(0, layout.rows() - 1);
          assertThat(encoder.parity(group, row))
              .isEqualTo(SlowCode.parity(pack, layout.groups(), group, row));
        });
  }

  @Test
  void every_square_part_of_the_matrix_has_an_inverse() {
    Property.check(
        60,
        draw -> {
          int size = draw.between(1, 20);
          int[] rows = distinct(draw.random().ints(0, ParityLayout.MOST_ROWS), size);
          int[] columns = distinct(draw.random().ints(0, ParityLayout.MOST_COLUMNS), size);
          int[][] matrix = matrix(rows, columns);
          int[][] inverse = GaloisField.inverse(matrix(rows, columns));
          for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
              int sum = 0;
              for (int k = 0; k < size; k++) {
                sum ^= GaloisField.multiply(matrix[i][k], inverse[k][j]);
              }
              assertThat(sum).isEqualTo(i == j ? 1 : 0);
            }
          }
        });
  }

  private static int[] distinct(java.util.stream.IntStream from, int count) {
    return from.distinct().limit(count).toArray();
  }

  private static int[][] matrix(int[] rows, int[] columns) {
    int[][] matrix = new int[rows.length][columns.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        matrix[r][c] = ReedSolomon.factor(rows[r], columns[c]);
      }
    }
    return matrix;
  }

  @Test
  void a_matrix_without_inverse_is_refused() {
    assertThatThrownBy(() -> GaloisField.inverse(new int[][] {{1, 2}, {1, 2}}))
        .isInstanceOf(ArithmeticException.class);
  }
}
