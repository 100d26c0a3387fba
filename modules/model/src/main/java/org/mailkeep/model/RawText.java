package org.mailkeep.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text without loss: UTF-8, and each byte that is not part of valid UTF-8 as the lone
 * surrogate U+DC00 + byte (the scheme of Python's PEP 383).
 */
public final class RawText {

  private static final int ESCAPE = 0xdc00;

  private RawText() {}

  /** The text of these bytes; {@link #encode} gives the same bytes back. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE + (in.get() & 0xff)));
      }
      result = decoder.reset().decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** The bytes of a text that {@link #decode} made; any other text becomes its UTF-8 bytes. */
  public static byte[] encode(String text) {
    if (text.codePoints().noneMatch(RawText::isEscape)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
    text.codePoints()
        .forEach(
            point -> {
              if (isEscape(point)) {
                out.write(point - ESCAPE);
              } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toByteArray();
  }

  /** Whether a text stands for bytes that are valid UTF-8. */
  public static boolean isUtf8(String text) {
    return text.codePoints().noneMatch(RawText::isEscape);
  }

  /** The text for a terminal: backslash, control characters and stray bytes as C escapes. */
  public static String display(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(point -> appendDisplay(out, point));
    return out.toString();
  }

  private static void appendDisplay(StringBuilder out, int point) {
    switch (point) {
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      case '\\' -> out.append("\\\\");
      default -> {
        if (isEscape(point)) {
          out.append(String.format("\\x%02x", point - ESCAPE));
        } else if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
          out.append(String.format(point < 0x100 ? "\\x%02x" : "\\u%04x", point));
        } else {
          out.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean isEscape(int point) {
    return point >= ESCAPE + 0x80 && point <= ESCAPE + 0xff;
  }
}
