package org.mailkeep.mail.header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** The bytes of a header field as text for people. */
public final class HeaderText {

  /** What bytes that are not UTF-8 most often are. */
  private static final Charset LEGACY = Charset.forName("windows-1252");

  private HeaderText() {}

  /** Decodes and cleans a field of at most {@code max} characters; longer ones are cut. */
  static String of(byte[] bytes, int length, int max) {
    int start = 0;
    int end = length;
    while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
      end--;
    }
    return clean(decodeWords(decode(bytes, start, end - start)), max);
  }

  /** Unencoded bytes: UTF-8 (RFC 6532) where they are that, else what old programs send. */
  public static String decode(byte[] bytes, int start, int length) {
    int ascii = 0;
    while (ascii < length && bytes[start + ascii] >= 0) {
      ascii++;
    }
    if (ascii == length) {
      return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
    try {
      ByteBuffer input = ByteBuffer.wrap(bytes, start, length);
      return StandardCharsets.UTF_8.newDecoder().decode(input).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, start, length, LEGACY);
    }
  }

  /** Decodes the encoded words of RFC 2047; what is not one stays as it is. */
  static String decodeWords(String text) {
    if (!text.contains("=?")) {
      return text;
    }
    try {
      return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT, LEGACY);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Makes every run of blanks and control characters one space, and cuts what is too long. */
  public static String clean(String text, int max) {
    return isClean(text, max) ? text : cleaned(text, max);
  }

  /** Most texts are plain words already, and to see that takes a tenth of making them so. */
  private static boolean isClean(String text, int max) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return text.length() <= max && (before != ' ' || text.isEmpty());
  }

  private static String cleaned(String text, int max) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), max));
    boolean blank = false;
    for (int i = 0; i < text.length() && out.length() < max; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (isBlank(point)) {
        blank = true;
      } else {
        if (blank && !out.isEmpty()) {
          out.append(' ');
        }
        blank = false;
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  /** Lone surrogates among them, for they cannot be written as UTF-8. */
  private static boolean isBlank(int point) {
    return point <= ' '
        || Character.isISOControl(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.SURROGATE
        || Character.getType(point) == Character.FORMAT;
  }
}
