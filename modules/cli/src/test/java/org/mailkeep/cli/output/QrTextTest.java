package org.mailkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.ReaderException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QrTextTest {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** As long as a full key. */
  private static final int LENGTH = 400;

  @Test
  void every_code_is_read_from_its_picture() throws ReaderException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder("MAILKEEP:");
      random.ints(LENGTH, 0, BASE32.length()).map(BASE32::charAt).forEach(text::appendCodePoint);
      List<String> lines =
          QrText.of(text.toString()).lines().filter(line -> !line.isBlank()).toList();
      assertThat(PrintedCode.scan(lines, 4)).isEqualTo(text.toString());
    }
  }
}
