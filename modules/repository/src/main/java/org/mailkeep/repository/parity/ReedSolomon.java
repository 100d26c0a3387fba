package org.mailkeep.repository.parity;

/**
 * The code of one group. Row <i>r</i> of parity is the sum over all columns <i>c</i> of {@code 1 /
 * ((255 - r) + c)} times the sector, byte by byte, in {@link GaloisField}. Every square part of
 * such a Cauchy matrix has an inverse, so that as many sectors come back as rows are left.
 *
 * <p>Sums are kept as longs, one for each byte of a sector and each eight rows: byte <i>i</i> from
 * below is that of row <i>i</i>. So one look-up gives the products with eight rows.
 */
final class ReedSolomon {

  /** Rows whose sums share a long. */
  static final int ROWS_AT_ONCE = Long.BYTES;

  private static final int PASSES = (ParityLayout.MOST_ROWS + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
  private static final long[][][] PRODUCTS = new long[PASSES][ParityLayout.MOST_COLUMNS][];

  private ReedSolomon() {}

  /** The factor of a column in a row. */
  static int factor(int row, int column) {
    return GaloisField.inverse((255 - row) ^ column);
  }

  /** How many longs there are for each byte of a sector. */
  static int passes(int rows) {
    return (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
  }

  /**
   * Adds part of a sector to the sums of its group.
   *
   * @param sums those of one pass, one for each byte of a sector
   * @param at where in the sector the part begins, in bytes
   */
  static void add(long[] sums, int pass, int column, int at, byte[] bytes, int offset, int count) {
    long[] products = products(pass, column);
    for (int i = 0; i < count; i++) {
      sums[at + i] ^= products[bytes[offset + i] & 0xff];
    }
  }

  /** The products of all bytes with the eight factors of a column; rows beyond the last count. */
  private static long[] products(int pass, int column) {
    long[] known = PRODUCTS[pass][column];
    if (known != null) {
      return known;
    }
    long[] products = new long[256];
    for (int i = 0; i < ROWS_AT_ONCE; i++) {
      int row = pass * ROWS_AT_ONCE + i;
      int factor = row < ParityLayout.MOST_ROWS ? factor(row, column) : 0;
      for (int value = 0; value < 256; value++) {
        products[value] |= (long) GaloisField.multiply(factor, value) << (8 * i);
      }
    }
    // Two threads may make it at a time: they make the same.
    PRODUCTS[pass][column] = products;
    return products;
  }

  /** The byte of one row in a sum. */
  static byte row(long sum, int row) {
    return (byte) (sum >>> (8 * (row % ROWS_AT_ONCE)));
  }

  /**
   * Brings lost columns back.
   *
   * @param columns the lost ones
   * @param rows as many rows
   * @param missing for each of the rows, what the lost columns contribute to it
   * @return for each of the columns its bytes
   */
  static byte[][] solve(int[] columns, int[] rows, byte[][] missing) {
    int[][] matrix = new int[rows.length][columns.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        matrix[r][c] = factor(rows[r], columns[c]);
      }
    }
    int[][] inverse = GaloisField.inverse(matrix);
    byte[][] solved = new byte[columns.length][missing[0].length];
    for (int c = 0; c < columns.length; c++) {
      for (int r = 0; r < rows.length; r++) {
        for (int i = 0; i < missing[r].length; i++) {
          solved[c][i] ^= (byte) GaloisField.multiply(inverse[c][r], missing[r][i] & 0xff);
        }
      }
    }
    return solved;
  }
}
