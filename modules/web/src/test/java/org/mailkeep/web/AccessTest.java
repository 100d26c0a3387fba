package org.mailkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.web.access.Origins;
import org.mailkeep.web.html.Link;

class AccessTest extends WebFixture {

  private static final String SECRET = "Meeting about the merger";

  private Link message = Link.of("/");
  private Optional<Snapshot> made = Optional.empty();

  private void serveOneMessage(boolean mayRecover) throws Exception {
    String base = message("cur", 1, letter("Bert <bert@example.net>", SECRET, "\nCome at ten.\n"));
    Snapshot snapshot = backup();
    made = Optional.of(snapshot);
    serve(mayRecover);
    message = at("/message", snapshot).with("name", base);
  }

  private Snapshot snapshot() {
    return made.orElseThrow();
  }

  @Test
  void without_a_token_nothing_is_shown_but_the_page_to_log_in() throws Exception {
    serveOneMessage(true);
    List<String> paths =
        List.of(
            "/",
            message.toString(),
            message.toString().replace("/message", "/message.eml"),
            at("/mailbox", snapshot()).toString(),
            at("/folder.zip", snapshot()).toString(),
            at("/recover", snapshot()).toString(),
            "/search?q=merger",
            "/no-such-page");
    for (String path : paths) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body())
          .as(path)
          .contains("Log in")
          .doesNotContain(SECRET, "anna", "Maildir");
    }
  }

  @Test
  void with_the_token_messages_are_shown() throws Exception {
    serveOneMessage(false);
    assertThat(page(message)).contains(SECRET, "Come at ten.", "bert@example.net");
  }

  @Test
  void a_wrong_token_or_cookie_opens_nothing() throws Exception {
    serveOneMessage(false);
    assertThat(post("/login", "token=wrong", "Origin", origin()).statusCode()).isEqualTo(401);
    String cookie = logIn();
    String other = cookie.substring(0, cookie.length() - 1) + (cookie.endsWith("A") ? "B" : "A");
    assertThat(get(message.toString(), "Cookie", other).statusCode()).isEqualTo(401);
  }

  @Test
  void whoever_guesses_tokens_has_to_wait() throws Exception {
    serveOneMessage(false);
    int last = 0;
    for (int i = 0; i < 12; i++) {
      last = post("/login", "token=guess" + i, "Origin", origin()).statusCode();
    }
    assertThat(last).isEqualTo(429);
    assertThat(get("/metrics", "Authorization", "Bearer guess").statusCode()).isEqualTo(429);
  }

  @Test
  void the_cookie_is_for_this_page_alone() throws Exception {
    serveOneMessage(false);
    HttpResponse<String> answer =
        post("/login", "token=the+token+of+these+tests", "Origin", origin());
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict")
        .doesNotContain("Secure", TOKEN.word());
  }

  @Test
  void a_proxy_with_tls_gets_a_cookie_that_goes_nowhere_else() throws Exception {
    backup();
    serve(false, Origins.behind("https://backup.example.org/"));
    String form = "token=the+token+of+these+tests";
    String head =
        "POST /login HTTP/1.1\r\nHost: backup.example.org\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length();
    assertThat(raw(head + "\r\nOrigin: https://backup.example.org\r\n\r\n" + form))
        .startsWith("HTTP/1.1 303")
        .contains("Secure");
    assertThat(raw(head + "\r\nOrigin: http://backup.example.org\r\n\r\n" + form))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void after_the_log_out_the_cookie_is_worth_nothing() throws Exception {
    serveOneMessage(false);
    String cookie = logIn();
    String word = formWord(get("/", "Cookie", cookie).body());
    HttpResponse<String> out =
        post("/logout", "form=" + word, "Origin", origin(), "Cookie", cookie);
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(get("/", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void a_name_that_somebody_points_to_this_machine_gets_nothing() throws Exception {
    serveOneMessage(false);
    String cookie = logIn();
    for (String host :
        List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "")) {
      assertThat(
              raw(
                  "GET / HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nCookie: "
                      + cookie
                      + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 421")
          .doesNotContain("Overview");
    }
    // A tunnel has another port.
    assertThat(
            raw(
                "GET / HTTP/1.1\r\nHost: localhost:9000\r\nCookie: "
                    + cookie
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void a_foreign_page_changes_nothing_and_loads_nothing() throws Exception {
    serveOneMessage(true);
    delete();
    String cookie = logIn();
    String word = formWord(get("/", "Cookie", cookie).body());
    String form =
        at("/recover", snapshot()).with("form", word).toString().replaceAll("^[^?]*\\?", "");
    for (String origin :
        List.of(
            "https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:" + port())) {
      assertThat(post("/recover", form, "Cookie", cookie, "Origin", origin).statusCode())
          .as(origin)
          .isEqualTo(403);
    }
    assertThat(post("/recover", form, "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(
            post(
                    "/recover",
                    form,
                    "Cookie",
                    cookie,
                    "Origin",
                    origin(),
                    "Sec-Fetch-Site",
                    "same-site")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            post("/recover", form.replace(word, "x"), "Cookie", cookie, "Origin", origin())
                .statusCode())
        .isEqualTo(403);
    assertThat(live()).isEmpty();
    for (String site : List.of("cross-site", "same-site")) {
      HttpResponse<String> answer =
          get(
              message.toString(),
              "Cookie",
              cookie,
              "Sec-Fetch-Site",
              site,
              "Sec-Fetch-Mode",
              "no-cors",
              "Sec-Fetch-Dest",
              "image");
      assertThat(answer.statusCode()).as(site).isEqualTo(403);
      assertThat(answer.body()).doesNotContain(SECRET);
    }
    assertThat(get("/", "Origin", "https://evil.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void the_page_itself_recovers_what_it_has_shown_first() throws Exception {
    serveOneMessage(true);
    delete();
    String cookie = logIn();
    Link recover = at("/recover", snapshot());
    String plan = get(recover.toString(), "Cookie", cookie).body();
    assertThat(plan).contains(SECRET, "1 message", "Nothing was written");
    assertThat(live()).isEmpty();
    String form = recover.with("form", formWord(plan)).toString().replaceAll("^[^?]*\\?", "");
    HttpResponse<String> done = post("/recover", form, "Cookie", cookie, "Origin", origin());
    assertThat(done.body()).contains("came back", SECRET);
    assertThat(live()).hasSize(1);
    assertThat(Files.readString(live().getFirst())).contains("Come at ten.");
  }

  @Test
  void a_page_that_is_read_only_recovers_nothing() throws Exception {
    serveOneMessage(false);
    delete();
    String cookie = logIn();
    String word = formWord(get("/", "Cookie", cookie).body());
    String form =
        at("/recover", snapshot()).with("form", word).toString().replaceAll("^[^?]*\\?", "");
    assertThat(post("/recover", form, "Cookie", cookie, "Origin", origin()).statusCode())
        .isEqualTo(403);
    assertThat(get(at("/recover", snapshot()).toString(), "Cookie", cookie).statusCode())
        .isEqualTo(403);
    assertThat(live()).isEmpty();
    assertThat(page(message)).doesNotContain("Recover");
  }

  private void delete() throws Exception {
    for (Path file : live()) {
      Files.delete(file);
    }
  }

  private List<Path> live() throws Exception {
    try (Stream<Path> cur = Files.list(maildir.resolve("cur"));
        Stream<Path> fresh = Files.list(maildir.resolve("new"))) {
      return Stream.concat(cur, fresh).toList();
    }
  }

  @Test
  void paths_lead_to_pages_only() throws Exception {
    serveOneMessage(false);
    String cookie = logIn();
    for (String path :
        List.of(
            "/static/../page/WebPages.class",
            "/static/%2e%2e/%2e%2e/etc/passwd",
            "/static//etc/passwd",
            "/../../etc/passwd",
            "/mailbox/../message")) {
      String answer =
          raw(
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: "
                  + cookie
                  + "\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(path).startsWith("HTTP/1.1 4").doesNotContain("root:", SECRET);
    }
    assertThat(page(at("/mailbox", snapshot()).with("box", maildir + "/../../../../../../etc")))
        .contains("no Maildir");
    assertThat(page(at("/mailbox", snapshot()).with("folder", "../../..")))
        .contains("no such folder");
    assertThat(page(message.with("name", "../../../../etc/passwd"))).contains("no such message");
    assertThat(get("/mailbox?at=..%2F..%2Fkeys&box=/", "Cookie", cookie).statusCode())
        .isEqualTo(404);
    assertThat(raw("GET /mailbox?at=%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void every_answer_forbids_scripts_frames_and_caches() throws Exception {
    serveOneMessage(false);
    for (String path : List.of("/", "/login", message.toString())) {
      HttpResponse<String> answer = get(path, "Cookie", logIn());
      assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
      assertThat(answer.headers().firstValue("referrer-policy")).contains("same-origin");
      assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }
  }

  @Test
  void requests_that_are_too_large_or_of_no_known_kind_are_refused() throws Exception {
    serveOneMessage(false);
    String cookie = logIn();
    assertThat(post("/login", "token=" + "x".repeat(100_000), "Origin", origin()).statusCode())
        .isEqualTo(413);
    assertThat(get("/search?q=" + "x".repeat(20_000), "Cookie", cookie).statusCode())
        .isEqualTo(413);
    assertThat(raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
        .doesNotContain("200");
    for (String method : List.of("PUT", "DELETE", "OPTIONS", "TRACE")) {
      assertThat(raw(method + " / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void metrics_need_the_token() throws Exception {
    serveOneMessage(false);
    assertThat(get("/metrics").statusCode()).isEqualTo(401);
    // There is no configuration here.
    assertThat(get("/metrics", "Authorization", "Bearer " + TOKEN.word()).statusCode())
        .isEqualTo(404);
  }
}
