package org.mailkeep.web.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.web.access.Attempts;
import org.mailkeep.web.access.Origins;
import org.mailkeep.web.access.Secret;
import org.mailkeep.web.access.Sessions;

/**
 * The server: the JDK's, with a few threads. What asks too slowly, too long or too much is cut off:
 * its limits are properties of the whole process, named in the documentation of jdk.httpserver.
 */
public final class WebServer implements AutoCloseable {

  private static final int THREADS = 12;
  private static final int WAITING = 64;
  private static final int GRACE_SECONDS = 2;

  /** Set before the server's classes are loaded; a request has so many seconds to come in whole. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "20",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "32768",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.drainAmount", "65536",
          "jdk.httpserver.maxConnections", "100");

  private static final Map<String, String> SAFETY =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                  + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          // With no-referrer browsers send "Origin: null" with the page's own forms, too.
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Cache-Control", "no-store");

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private WebServer(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * How to serve.
   *
   * @param listen the address
   * @param token what people log in with
   * @param origins from where they may come
   * @param openMetrics whether metrics need no token
   */
  public record Settings(
      InetSocketAddress listen, Secret token, Origins origins, boolean openMetrics) {}

  /**
   * Begins to serve.
   *
   * @param clock by which sessions end
   * @param problems is told of what is wrong with the program itself
   * @throws StorageException where the address cannot be had
   */
  public static WebServer start(
      Settings settings, Site site, InstantSource clock, Consumer<String> problems) {
    LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("web-", 1).factory());
    try {
      HttpServer server = HttpServer.create(settings.listen(), WAITING);
      Gate gate =
          new Gate(
              site,
              settings.token(),
              settings.origins(),
              settings.openMetrics(),
              new Sessions(clock),
              new Attempts(clock),
              // Cookies know hosts and not ports: two servers of one host are not to mix theirs.
              "mailkeep-" + server.getAddress().getPort());
      server.createContext("/", exchange -> serve(exchange, gate, problems));
      server.setExecutor(threads);
      server.start();
      return new WebServer(server, threads);
    } catch (IOException e) {
      threads.shutdown();
      throw new StorageException(
          "The page cannot be served at " + settings.listen() + ": " + e.getMessage(),
          "Name another address with --listen, such as 127.0.0.1:8766.",
          e);
    }
  }

  /** Where it is served. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void serve(HttpExchange exchange, Gate gate, Consumer<String> problems)
      throws IOException {
    try (exchange) {
      Response response = answer(exchange, gate, problems);
      Headers headers = exchange.getResponseHeaders();
      SAFETY.forEach(headers::set);
      headers.set("Content-Type", response.type());
      response.headers().forEach(headers::set);
      // The server takes 0 for "unknown" and -1 for "nothing".
      long length = response.length().orElse(0);
      boolean empty = response.length().isPresent() && length == 0;
      exchange.sendResponseHeaders(response.status(), empty ? -1 : length);
      if (!empty) {
        OutputStream out = exchange.getResponseBody();
        response.body().write(out);
        out.close();
      }
    } catch (UncheckedIOException e) {
      // Whoever asked is gone.
    } catch (MailkeepException e) {
      // Amid a file: it ends before its length, or lacks what ends an archive.
      problems.accept(e.getMessage());
    }
  }

  private static Response answer(HttpExchange exchange, Gate gate, Consumer<String> problems)
      throws IOException {
    try {
      return gate.answer(Request.of(exchange));
    } catch (Request.TooLargeException e) {
      return Response.line(413, "That is longer than any request of these pages.");
    } catch (UsageException e) {
      return Response.line(400, e.getMessage());
    } catch (RuntimeException e) {
      problems.accept("an internal error; please report it: " + e);
      return Response.line(500, "An internal error; the server has told of it where it runs.");
    }
  }

  /** Ends; what is being answered has a moment to come to its end. */
  @Override
  public void close() {
    server.stop(GRACE_SECONDS);
    threads.shutdownNow();
  }
}
