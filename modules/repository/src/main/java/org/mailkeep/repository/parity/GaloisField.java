package org.mailkeep.repository.parity;

/**
 * The field of 256 elements: polynomials over GF(2) modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d), in
 * which addition is exclusive-or and 2 generates all but 0.
 */
final class GaloisField {

  private static final int POLYNOMIAL = 0x11d;
  private static final int ORDER = 255;
  private static final int[] POWERS = new int[2 * ORDER];
  private static final int[] LOGARITHMS = new int[256];

  static {
    int value = 1;
    for (int power = 0; power < ORDER; power++) {
      POWERS[power] = value;
      POWERS[power + ORDER] = value;
      LOGARITHMS[value] = power;
      value <<= 1;
      if (value > 255) {
        value ^= POLYNOMIAL;
      }
    }
  }

  private GaloisField() {}

  static int multiply(int a, int b) {
    return a == 0 || b == 0 ? 0 : POWERS[LOGARITHMS[a] + LOGARITHMS[b]];
  }

  /**
   * The element by which multiplication gives 1.
   *
   * @param a not 0
   */
  static int inverse(int a) {
    if (a == 0) {
      throw new ArithmeticException("0 has no inverse");
    }
    return POWERS[ORDER - LOGARITHMS[a]];
  }

  /**
   * The inverse of a square matrix, by elimination; the matrix is used up.
   *
   * @throws ArithmeticException where it has none
   */
  static int[][] inverse(int[][] matrix) {
    int size = matrix.length;
    int[][] inverse = new int[size][size];
    for (int i = 0; i < size; i++) {
      inverse[i][i] = 1;
    }
    for (int column = 0; column < size; column++) {
      int pivot = column;
      while (pivot < size && matrix[pivot][column] == 0) {
        pivot++;
      }
      if (pivot == size) {
        throw new ArithmeticException("the matrix is singular");
      }
      swap(matrix, pivot, column);
      swap(inverse, pivot, column);
      int factor = inverse(matrix[column][column]);
      scale(matrix[column], factor);
      scale(inverse[column], factor);
      for (int row = 0; row < size; row++) {
        if (row != column) {
          int other = matrix[row][column];
          addScaled(matrix[row], matrix[column], other);
          addScaled(inverse[row], inverse[column], other);
        }
      }
    }
    return inverse;
  }

  private static void swap(int[][] matrix, int a, int b) {
    int[] row = matrix[a];
    matrix[a] = matrix[b];
    matrix[b] = row;
  }

  private static void scale(int[] row, int factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] = multiply(row[i], factor);
    }
  }

  private static void addScaled(int[] row, int[] other, int factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] ^= multiply(other[i], factor);
    }
  }
}
