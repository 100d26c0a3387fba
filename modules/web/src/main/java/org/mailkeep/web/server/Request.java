package org.mailkeep.web.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

/**
 * A request, as far as pages care for it.
 *
 * @param method such as "GET"
 * @param path as it was sent, not decoded
 * @param query the parameters behind it, or of the form that was sent; values are lossless text
 * @param headers the first value of each, by its name in lower-case letters
 */
public record Request(
    String method, String path, Map<String, String> query, Map<String, String> headers) {

  /** The most bytes of a form: a token, or the names of what to recover. */
  static final int MAX_FORM = 64 << 10;

  private static final int MAX_QUERY = 8 << 10;

  /** Copies the maps. */
  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** It is longer than any that a page sends. */
  static final class TooLargeException extends Exception {}

  static Request of(HttpExchange exchange) throws IOException, TooLargeException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(lower(name), first(values)));
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    if (query.length() > MAX_QUERY) {
      throw new TooLargeException();
    }
    Map<String, String> parameters = new HashMap<>();
    parse(query, parameters);
    String method = exchange.getRequestMethod();
    if (method.equals("POST")) {
      byte[] form = exchange.getRequestBody().readNBytes(MAX_FORM + 1);
      if (form.length > MAX_FORM) {
        throw new TooLargeException();
      }
      if (headers
          .getOrDefault("content-type", "")
          .startsWith("application/x-www-form-urlencoded")) {
        parse(new String(form, StandardCharsets.ISO_8859_1), parameters);
      }
    }
    return new Request(method, exchange.getRequestURI().getRawPath(), parameters, headers);
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Later parameters of a name count. */
  private static void parse(String text, Map<String, String> parameters) {
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write((hex(text, i + 1) << 4) | hex(text, i + 2));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return RawText.decode(bytes.toByteArray());
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw new UsageException("The address is broken off or wrongly written", "");
    }
    return digit;
  }

  /** A header, if it was sent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A parameter; empty where it was not given. */
  public String get(String name) {
    return query.getOrDefault(name, "");
  }

  /** The number of a page from 0 on; 0 where it was not given. */
  public int page() {
    String text = get("page");
    return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
  }

  /** The cookie of this name, if it was sent. */
  Optional<String> cookie(String name) {
    for (String pair : headers.getOrDefault("cookie", "").split(";", -1)) {
      if (pair.strip().startsWith(name + "=")) {
        return Optional.of(pair.strip().substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }
}
