package org.mailkeep.cli.output;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.EncodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A QR code in lines of text: half blocks of Unicode, two rows of modules in each line. */
public final class QrText {

  /** White modules around it, which a reader needs to find it; ISO/IEC 18004. */
  private static final int QUIET = 4;

  /** How many pixels of a picture a module is wide, near and farther away. */
  private static final int[] PIXELS = {4, 7};

  private static final int BLACK = 0;
  private static final int WHITE = 0xffffff;

  private QrText() {}

  /**
   * The lines, each with its line end. What is printed is dark, so it is read from paper, and from
   * a terminal that writes dark on light. A seventh of it may be lost. Of the masks that a code may
   * have the usual one is taken if pictures of it can be read, else the first that can.
   *
   * @param text capitals, digits and : take the least room
   */
  public static String of(String text) {
    ByteMatrix modules = readable(text);
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

  private static ByteMatrix readable(String text) {
    ByteMatrix usual = encode(text, Map.of());
    return Stream.concat(Stream.of(usual), masked(text))
        .filter(modules -> isReadable(modules, text))
        .findFirst()
        .orElse(usual);
  }

  /** The same code under each mask that there is. */
  private static Stream<ByteMatrix> masked(String text) {
    return IntStream.range(0, QRCode.NUM_MASK_PATTERNS)
        .mapToObj(mask -> encode(text, Map.of(EncodeHintType.QR_MASK_PATTERN, mask)));
  }

  private static ByteMatrix encode(String text, Map<EncodeHintType, ?> hints) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.M, hints).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a code", e);
    }
  }

  /**
   * Whether it is read from pictures of it. Of large codes one in seventy has something in it that
   * a widespread reader takes for one of the code's own marks, whatever the distance.
   */
  private static boolean isReadable(ByteMatrix modules, String text) {
    return Arrays.stream(PIXELS).allMatch(pixels -> isReadable(modules, text, pixels));
  }

  private static boolean isReadable(ByteMatrix modules, String text, int pixels) {
    int width = (modules.getWidth() + 2 * QUIET) * pixels;
    int height = (modules.getHeight() + 2 * QUIET) * pixels;
    int[] picture = new int[width * height];
    for (int i = 0; i < picture.length; i++) {
      boolean dark = isDark(modules, i % width / pixels - QUIET, i / width / pixels - QUIET);
      picture[i] = dark ? BLACK : WHITE;
    }
    RGBLuminanceSource seen = new RGBLuminanceSource(width, height, picture);
    try {
      return new QRCodeReader()
          .decode(new BinaryBitmap(new HybridBinarizer(seen)))
          .getText()
          .equals(text);
    } catch (ReaderException e) {
      return false;
    }
  }
}
