package org.mailkeep.cli.output;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;

/** Reads a code from its lines of text, as a camera would from paper. */
public final class PrintedCode {

  private PrintedCode() {}

  /** Paints the blocks as they would be printed, and reads the picture. */
  public static String scan(List<String> lines, int scale) throws ReaderException {
    int margin = 8 * scale;
    int width = lines.stream().mapToInt(String::length).max().orElseThrow() * scale + 2 * margin;
    int height = 2 * lines.size() * scale + 2 * margin;
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, 0xffffff);
    for (int y = margin; y < height - margin; y++) {
      String line = lines.get((y - margin) / (2 * scale));
      boolean upper = (y - margin) / scale % 2 == 0;
      for (int x = margin; x < width - margin; x++) {
        int column = (x - margin) / scale;
        char block = column < line.length() ? line.charAt(column) : ' ';
        if (block == '\u2588' || block == (upper ? '\u2580' : '\u2584')) {
          pixels[y * width + x] = 0;
        }
      }
    }
    RGBLuminanceSource picture = new RGBLuminanceSource(width, height, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture))).getText();
  }
}
