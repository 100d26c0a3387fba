package org.mailkeep.repository.parity;

/** The code as repo-format.md has it, without tables and without haste. */
final class SlowCode {

  private SlowCode() {}

  /** Multiplication of polynomials, bit by bit. */
  static int multiply(int a, int b) {
    int product = 0;
    for (int bit = 0; bit < 8; bit++) {
      if ((b >> bit & 1) == 1) {
        product ^= a << bit;
      }
    }
    for (int bit = 14; bit >= 8; bit--) {
      if ((product >> bit & 1) == 1) {
        product ^= 0x11d << (bit - 8);
      }
    }
    return product;
  }

  static int inverse(int a) {
    for (int b = 1; b < 256; b++) {
      if (multiply(a, b) == 1) {
        return b;
      }
    }
    throw new ArithmeticException("0 has no inverse");
  }

  /** A row of parity of a group: sectors group, group + groups, and so on. */
  static byte[] parity(byte[] pack, int groups, int group, int row) {
    byte[] parity = new byte[Math.min(4096, pack.length)];
    for (int sector = group; sector * 4096 < pack.length; sector += groups) {
      int factor = inverse((255 - row) ^ (sector / groups));
      for (int i = 0; i < 4096 && sector * 4096 + i < pack.length; i++) {
        parity[i] ^= (byte) multiply(factor, pack[sector * 4096 + i] & 0xff);
      }
    }
    return parity;
  }
}
