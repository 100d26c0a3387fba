package org.mailkeep.mail.header;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * The file name that a Content-Disposition field (RFC 2183) or a Content-Type field gives: in parts
 * and with a charset as RFC 2231 has it, in encoded words as RFC 2047 forbids and most do, or in
 * plain bytes.
 */
public final class AttachmentName {

  private static final int MAX_LENGTH = 250;
  private static final List<String> PARAMETERS = List.of("filename", "name");

  private AttachmentName() {}

  /** The name, if the field gives one. */
  public static Optional<String> of(byte[] field, int length) {
    if (!mentionsName(field, length)) {
      return Optional.empty();
    }
    List<NameValuePair> pairs =
        RawFieldParser.DEFAULT
            .parseRawBody(new ByteArrayBuffer(field, length, false), new ParserCursor(0, length))
            .getParams();
    return find(pairs).map(AttachmentName::readable).filter(name -> !name.isEmpty());
  }

  /** Most parts have no name, and looking for one takes less time than taking fields apart. */
  private static boolean mentionsName(byte[] field, int length) {
    for (int i = 0; i + 4 <= length; i++) {
      if ((field[i] | 0x20) == 'n'
          && (field[i + 1] | 0x20) == 'a'
          && (field[i + 2] | 0x20) == 'm'
          && (field[i + 3] | 0x20) == 'e') {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> find(List<NameValuePair> pairs) {
    try {
      MimeParameterMapping mapping = new MimeParameterMapping();
      for (NameValuePair pair : pairs) {
        if (pair.getValue() != null) {
          mapping.addParameter(pair.getName().toLowerCase(Locale.ROOT), pair.getValue());
        }
      }
      return PARAMETERS.stream()
          .flatMap(name -> Optional.ofNullable(mapping.get(name)).stream())
          .findFirst();
    } catch (IllegalArgumentException e) {
      // A charset or an escape that is none: the name in its raw form is better than nothing.
      return pairs.stream()
          .filter(pair -> pair.getValue() != null && pair.getName().contains("name"))
          .map(NameValuePair::getValue)
          .findFirst();
    }
  }

  private static String readable(String value) {
    // The parser makes a character of each byte.
    boolean bytes = value.chars().allMatch(c -> c < 0x100) && value.chars().anyMatch(c -> c > 0x7f);
    String text = value;
    if (bytes) {
      byte[] raw = value.getBytes(StandardCharsets.ISO_8859_1);
      text = HeaderText.decode(raw, 0, raw.length);
    }
    return HeaderText.clean(HeaderText.decodeWords(text), MAX_LENGTH);
  }
}
