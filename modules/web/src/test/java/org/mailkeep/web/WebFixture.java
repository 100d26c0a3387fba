package org.mailkeep.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.web.access.Origins;
import org.mailkeep.web.access.Secret;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.Library;
import org.mailkeep.web.page.Desk;
import org.mailkeep.web.page.WebPages;
import org.mailkeep.web.server.WebServer;

/** A real repository of one Maildir, served at a port of its own. */
abstract class WebFixture {

  static final Secret TOKEN = Secret.of("the token of these tests");
  static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir Path folder;
  Path maildir;
  TestRepository repository;
  StateDatabase state;
  Library library;
  private @Nullable WebServer server;
  final HttpClient http = HttpClient.newHttpClient();
  final List<String> problems = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    maildir = folder.resolve("example.org/anna/Maildir");
    for (String part : List.of("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp")) {
      Files.createDirectories(maildir.resolve(part));
    }
    repository = new TestRepository(folder);
    state = StateDatabase.open(folder.resolve("web-state"));
    library =
        new Library(
            repository.repository(),
            state,
            Clock.systemUTC(),
            HistoryUpdate.Observer.SILENT,
            new Cancellation());
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
    library.close();
    state.close();
    repository.close();
  }

  /** Writes a message; gives its base name. */
  String message(String place, int number, String content) throws IOException {
    String base = START.plusSeconds(number).getEpochSecond() + ".M" + number + "P1.mail";
    Path file = maildir.resolve(place).resolve(place.endsWith("new") ? base : base + ":2,S");
    Files.write(file, content.getBytes(ISO_8859_1));
    Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(number)));
    return base;
  }

  static String letter(String from, String subject, String more) {
    return "From: "
        + from
        + "\nTo: anna@example.org\nSubject: "
        + subject
        + "\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nMessage-ID: <"
        + subject.hashCode()
        + "@example.net>\n"
        + more;
  }

  Snapshot backup() {
    return repository.backup(maildir).snapshot();
  }

  void serve(boolean mayRecover) {
    serve(mayRecover, Origins.LOOPBACK_ONLY);
  }

  void serve(boolean mayRecover, Origins origins) {
    boolean _ = library.refresh();
    Desk desk =
        new Desk(
            library,
            "memory",
            List::of,
            Optional::empty,
            "mail.example",
            mayRecover,
            Clock.systemUTC(),
            ZoneOffset.UTC,
            new Cancellation());
    server =
        WebServer.start(
            new WebServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TOKEN, origins, false),
            new WebPages(desk),
            Clock.systemUTC(),
            problems::add);
  }

  int port() {
    return Objects.requireNonNull(server).address().getPort();
  }

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  Link at(String page, Snapshot snapshot) {
    return Link.of(page).with("at", snapshot.id()).with("box", maildir);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a form as a page of the server does, with these headers besides. */
  HttpResponse<String> post(String path, String form, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Logs in; gives the cookie. */
  String logIn() throws Exception {
    HttpResponse<String> answer =
        post(
            "/login",
            "token=" + URLEncoder.encode(TOKEN.word(), StandardCharsets.UTF_8),
            "Origin",
            origin());
    return answer.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
  }

  /** A page as somebody who is logged in gets it. */
  String page(Link link) throws Exception {
    return get(link.toString(), "Cookie", logIn()).body();
  }

  /** The word that the forms of a page carry. */
  static String formWord(String page) {
    Matcher word =
        Pattern.compile("name=\"form\" type=\"hidden\" value=\"([^\"]+)\"").matcher(page);
    if (!word.find()) {
      throw new AssertionError("there is no form in " + page);
    }
    return word.group(1);
  }

  /** Sends bytes and gives all that comes back until the server hangs up. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      // It hung up before it had read everything.
      return "";
    }
  }
}
