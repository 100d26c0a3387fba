package org.mailkeep.service.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.service.config.Notifications.Address;

/** Messages as they arrive: at a real server of the web, and at a script in place of sendmail. */
final class ChannelTest {

  private static final Instant TIME = Instant.parse("2026-11-25T10:00:00Z");
  private static final Message BAD =
      new Message(
          "Mailkeep on mx: backup m\u00e4il failed\r\nBcc: all@example.org",
          List.of("FAILED  backup m\u00e4il: no space", "."),
          List.of("backup m\u00e4il"),
          List.of(),
          false);

  @TempDir private Path folder;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile int answer = 200;
  private HttpServer server;
  private String web;

  @BeforeEach
  void a_server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    web = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void no_server() {
    server.stop(0);
  }

  private MailChannel mail(String sendmail) {
    return new MailChannel(List.of("root", "ops@example.org"), "mx", sendmail, "mx", () -> TIME);
  }

  @Test
  void mail_goes_to_sendmail_as_a_whole_message_that_no_text_can_break() throws IOException {
    Path sent = folder.resolve("sent");
    assertThat(mail("cat > " + sent).send(BAD)).isEmpty();
    List<String> lines = Files.readAllLines(sent);
    int blank = lines.indexOf("");
    assertThat(lines.subList(0, blank))
        .contains(
            "From: Mailkeep <mx>",
            "To: root, ops@example.org",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8")
        .allMatch(line -> line.matches("[ -~]{1,998}"))
        .noneMatch(line -> line.startsWith("Bcc"))
        .anyMatch(line -> line.startsWith("Subject: =?utf-8?B?"))
        .anyMatch(line -> line.startsWith("Date: Wed, 25 Nov 2026 "));
    String body = String.join("", lines.subList(blank + 1, lines.size()));
    assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8))
        .isEqualTo("FAILED  backup m\u00e4il: no space\n.\n");
  }

  @Test
  void sendmail_does_not_get_the_password() throws IOException {
    assertThat(System.getenv()).containsKey("MAILKEEP_PASSWORD");
    Path environment = folder.resolve("environment");
    assertThat(mail("cat > /dev/null; env > " + environment).send(BAD)).isEmpty();
    assertThat(Files.readAllLines(environment)).noneMatch(line -> line.contains("PASSWORD"));
  }

  @Test
  void a_sendmail_that_fails_or_is_not_there_is_no_delivery() {
    assertThat(mail("cat >/dev/null; exit 75").send(BAD)).contains("sendmail ended with status 75");
    assertThat(mail("exit 1").send(BAD)).contains("sendmail ended with status 1");
    assertThat(mail(folder + "/none").send(BAD)).contains("sendmail ended with status 127");
  }

  @Test
  void a_webhook_gets_one_object_and_only_an_answer_of_the_200s_is_a_delivery() {
    WebhookChannel hook =
        new WebhookChannel(
            new Address.Plain(web + "/hook?a=b"),
            "mx",
            members -> members.keySet() + "" + members.get("state"));
    assertThat(hook.send(BAD)).isEmpty();
    assertThat(requests)
        .containsExactly(
            "POST /hook?a=b application/json [host, state, subject, text, bad, well]bad");
    for (int status : List.of(302, 404, 500)) {
      answer = status;
      assertThat(hook.send(BAD)).contains("the server answered " + status);
    }
    assertThat(requests).noneMatch(request -> request.contains("elsewhere"));
  }

  @Test
  void what_fails_never_tells_the_address() throws IOException {
    server.stop(0);
    Optional<String> problem =
        new WebhookChannel(new Address.Plain(web + "/s3cret"), "mx", _ -> "{}").send(BAD);
    assertThat(problem).isPresent();
    assertThat(problem.get()).doesNotContain("s3cret").contains("cannot be reached");
    Path file = Files.writeString(folder.resolve("address"), "not an address\n");
    assertThat(
            new WebhookChannel(new Address.InFile(file), "mx", _ -> "{}").send(BAD).orElseThrow())
        .contains("no address", file.toString());
  }

  @Test
  void a_ping_tells_whether_all_is_well_and_finds_its_address_in_a_file() throws IOException {
    Path file = Files.writeString(folder.resolve("address"), web + "/ping/1/\n");
    HealthPing ping = new HealthPing(new Address.InFile(file));
    assertThat(ping.send("")).isEmpty();
    assertThat(ping.send("backup mail: no space")).isEmpty();
    assertThat(requests)
        .containsExactly(
            "POST /ping/1/ text/plain ", "POST /ping/1/fail text/plain backup mail: no space");
  }
}
