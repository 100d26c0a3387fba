package org.mailkeep.web.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type of the content
 * @param headers others than those that every answer has
 * @param length of the content in bytes, where it is known
 * @param body writes it
 */
public record Response(
    int status, String type, Map<String, String> headers, OptionalLong length, Body body) {

  /** Copies the map. */
  public Response {
    headers = new LinkedHashMap<>(headers);
  }

  /** Writes content. */
  @FunctionalInterface
  public interface Body {
    /** Writes it to a stream that it does not close. */
    void write(OutputStream out) throws IOException;
  }

  /** Bytes. */
  public static Response of(int status, String type, byte[] bytes) {
    return new Response(
        status, type, Map.of(), OptionalLong.of(bytes.length), out -> out.write(bytes));
  }

  /** A page. */
  public static Response page(int status, Html page) {
    StringBuilder out = new StringBuilder("<!doctype html>");
    page.write(out);
    return of(status, "text/html; charset=utf-8", out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** One line. */
  public static Response line(int status, String text) {
    return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Another page is to be asked for. */
  public static Response goTo(Link page) {
    return line(303, "See " + page).with("Location", page.toString());
  }

  /**
   * A file to be saved.
   *
   * @param name what it is called, of any characters
   */
  public static Response download(String type, String name, OptionalLong length, Body body) {
    String plain = name.replaceAll("[^a-zA-Z0-9._@-]+", "_");
    return new Response(200, type, Map.of(), length, body)
        .with(
            "Content-Disposition",
            "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name));
  }

  private static String encoded(String name) {
    return Link.encode(name.replace('/', '_'))
        .replace("@", "%40")
        .replace(",", "%2C")
        .replace(":", "%3A");
  }

  /** The same with a header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, type, more, length, body);
  }
}
