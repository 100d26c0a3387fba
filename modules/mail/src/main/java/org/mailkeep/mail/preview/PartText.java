package org.mailkeep.mail.preview;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import org.mailkeep.mail.header.HeaderText;

/** The text of a part, of which no more than a limit is held. */
final class PartText {

  private PartText() {}

  /**
   * What was read.
   *
   * @param text the text
   * @param cut whether there was more
   */
  record Read(String text, boolean cut) {}

  /** Reads as many bytes at most, and says whether there were more. */
  static Read read(InputStream in, @Nullable String charset, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    boolean cut = in.read() >= 0;
    return new Read(decode(bytes, charset), cut);
  }

  /** A charset that is none, or is said to be ASCII and is not, is guessed. */
  private static String decode(byte[] bytes, @Nullable String name) {
    Charset charset = charset(name);
    return charset.equals(StandardCharsets.US_ASCII)
        ? HeaderText.decode(bytes, 0, bytes.length)
        : new String(bytes, charset);
  }

  private static Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.US_ASCII : Charset.forName(name.strip());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.US_ASCII;
    }
  }

  /**
   * Takes out what would make a text look like another one, or like part of the page: control
   * characters, and those that turn the direction of writing.
   */
  static String harmless(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t' || !isHidden(point)) {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }

  private static boolean isHidden(int point) {
    int type = Character.getType(point);
    return Character.isISOControl(point)
        || type == Character.SURROGATE
        // Joiners are part of how some languages and emoji are written.
        || (type == Character.FORMAT && point != 0x200c && point != 0x200d);
  }
}
