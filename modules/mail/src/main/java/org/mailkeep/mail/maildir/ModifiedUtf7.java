package org.mailkeep.mail.maildir;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * IMAP's charset of mailbox names (RFC 3501, 5.1.3): printable ASCII stands for itself, "&amp;-"
 * for an ampersand, and anything else is UTF-16BE in base64 with ',' for '/', between '&amp;' and
 * '-'.
 */
final class ModifiedUtf7 {

  private ModifiedUtf7() {}

  /** The name in this charset. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (isPrintable(c)) {
        out.append(c == '&' ? "&-" : String.valueOf(c));
        i++;
      } else {
        int start = i;
        while (i < text.length() && !isPrintable(text.charAt(i))) {
          i++;
        }
        out.append('&').append(shifted(text.substring(start, i))).append('-');
      }
    }
    return out.toString();
  }

  private static String shifted(String text) {
    byte[] units = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      units[2 * i] = (byte) (text.charAt(i) >> 8);
      units[2 * i + 1] = (byte) text.charAt(i);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(units).replace('/', ',');
  }

  /** The text of a name, if it is exactly what {@link #encode} gives for that text. */
  static Optional<String> decode(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '&') {
        out.append(c);
        continue;
      }
      int end = name.indexOf('-', i);
      if (end < 0) {
        return Optional.empty();
      }
      if (end == i + 1) {
        out.append('&');
      } else {
        Optional<String> text = unshifted(name.substring(i + 1, end));
        if (text.isEmpty()) {
          return text;
        }
        out.append(text.get());
      }
      i = end;
    }
    String text = out.toString();
    return encode(text).equals(name) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> unshifted(String base64) {
    try {
      byte[] units = Base64.getDecoder().decode(base64.replace(',', '/'));
      return Optional.of(new String(units, StandardCharsets.UTF_16BE));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isPrintable(char c) {
    return c >= 0x20 && c <= 0x7e;
  }
}
