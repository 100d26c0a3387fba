package org.mailkeep.crypto;

import java.util.Arrays;

/**
 * Three check digits for a line of base 32 that a person types: a Reed-Solomon code over the field
 * of 32 elements (x^5 + x^2 + 1), whose generator has the roots a, a^2 and a^3. The line's number
 * counts as its first digit and is not written among the others. Any one, two or three wrong digits
 * in a line of up to 27 are found for certain, two that were exchanged among them, and so is a line
 * that stands in another one's place.
 */
final class LineCheck {

  /** How many digits the check has. */
  static final int LENGTH = 3;

  private static final int FIELD = 32;
  private static final int POLYNOMIAL = 0b100101;

  /** (x - a)(x - a^2)(x - a^3) without its first coefficient, the highest power first. */
  private static final int[] GENERATOR = generator();

  private LineCheck() {}

  /**
   * The check of these digits.
   *
   * @param number the line's number
   * @param digits each from 0 to 31
   */
  static int[] of(int number, int[] digits) {
    int[] remainder = new int[LENGTH];
    feed(remainder, number % FIELD);
    for (int digit : digits) {
      feed(remainder, digit);
    }
    return remainder;
  }

  /** Whether the last digits are the check of those before. */
  static boolean isRight(int number, int[] digits) {
    int end = digits.length - LENGTH;
    return end >= 0
        && Arrays.equals(
            of(number, Arrays.copyOf(digits, end)), Arrays.copyOfRange(digits, end, digits.length));
  }

  private static void feed(int[] remainder, int digit) {
    int factor = digit ^ remainder[0];
    for (int i = 0; i < LENGTH; i++) {
      int next = i + 1 < LENGTH ? remainder[i + 1] : 0;
      remainder[i] = next ^ product(factor, GENERATOR[i]);
    }
  }

  private static int[] generator() {
    int[] all = {1};
    int root = 1;
    for (int i = 0; i < LENGTH; i++) {
      root = product(root, 2);
      int[] more = Arrays.copyOf(all, all.length + 1);
      for (int k = 0; k < all.length; k++) {
        more[k + 1] ^= product(all[k], root);
      }
      all = more;
    }
    return Arrays.copyOfRange(all, 1, all.length);
  }

  private static int product(int a, int b) {
    int sum = 0;
    for (int bit = 4; bit >= 0; bit--) {
      sum <<= 1;
      if ((sum & FIELD) != 0) {
        sum ^= POLYNOMIAL;
      }
      if ((b >> bit & 1) != 0) {
        sum ^= a;
      }
    }
    return sum;
  }
}
