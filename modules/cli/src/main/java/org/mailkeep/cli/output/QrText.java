package org.mailkeep.cli.output;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** A QR code in lines of text: half blocks of Unicode, two rows of modules in each line. */
public final class QrText {

  /** White modules around it, which a reader needs to find it; ISO/IEC 18004. */
  private static final int QUIET = 4;

  private QrText() {}

  /**
   * The lines, each with its line end. What is printed is dark, so it is read from paper, and from
   * a terminal that writes dark on light. A seventh of it may be lost.
   *
   * @param text capitals, digits and : take the least room
   */
  public static String of(String text) {
    ByteMatrix modules = encode(text);
    StringBuilder lines = new StringBuilder();
    for (int y = -QUIET; y < modules.getHeight() + QUIET; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -QUIET; x < modules.getWidth() + QUIET; x++) {
        boolean upper = isDark(modules, x, y);
        boolean lower = isDark(modules, x, y + 1);
        line.append(upper ? (lower ? '\u2588' : '\u2580') : (lower ? '\u2584' : ' '));
      }
      lines.append(line.toString().stripTrailing()).append('\n');
    }
    return lines.toString();
  }

  private static boolean isDark(ByteMatrix modules, int x, int y) {
    return x >= 0
        && y >= 0
        && x < modules.getWidth()
        && y < modules.getHeight()
        && modules.get(x, y) == 1;
  }

  private static ByteMatrix encode(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a code", e);
    }
  }
}
