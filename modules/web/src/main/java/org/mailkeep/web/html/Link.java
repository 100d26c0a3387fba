package org.mailkeep.web.html;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailkeep.model.RawText;

/**
 * The address of a page of this server, and of nothing else. Values are lossless text ({@link
 * RawText}), whose bytes are percent-encoded.
 *
 * @param path from the root on, or a part of the same page
 * @param parameters of its query
 */
public record Link(String path, Map<String, String> parameters) {

  private static final Pattern PATH = Pattern.compile("/([a-zA-Z0-9][a-zA-Z0-9._/-]*)?|#[a-z]+");
  private static final String PLAIN = "-._~/@,:";

  /** Checks the path, keeps the order. */
  public Link {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(path + " is no page");
    }
    parameters = new LinkedHashMap<>(parameters);
  }

  /** A page, or {@code #name} for a part of the page on which it stands. */
  public static Link of(String path) {
    return new Link(path, Map.of());
  }

  /** The same with one more parameter; an empty value leaves it out. */
  public Link with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    if (value.toString().isEmpty()) {
      more.remove(name);
    } else {
      more.put(name, value.toString());
    }
    return new Link(path, more);
  }

  /** As it stands in a page. */
  @Override
  public String toString() {
    return parameters.isEmpty()
        ? path
        : parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }

  /** Percent-encodes what may not stand in a query. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : RawText.encode(text)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || (b > 0 && PLAIN.indexOf(b) >= 0);
      if (plain) {
        out.append((char) b);
      } else {
        out.append(String.format("%%%02X", b & 0xff));
      }
    }
    return out.toString();
  }
}
