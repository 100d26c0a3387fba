package org.mailkeep.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.web.access.Sessions.Session;

class SessionsTest {

  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private final Sessions sessions = new Sessions(() -> now);

  @Test
  void a_session_that_nobody_uses_ends() {
    Session session = sessions.begin();
    now = now.plus(Sessions.IDLE).minusSeconds(1);
    assertThat(sessions.find(session.key().word())).contains(session);
    now = now.plus(Sessions.IDLE).plusSeconds(1);
    assertThat(sessions.find(session.key().word())).isEmpty();
  }

  @Test
  void a_session_ends_however_much_it_is_used() {
    Session session = sessions.begin();
    Instant end = now.plus(Sessions.LONGEST);
    while (!now.isAfter(end)) {
      assertThat(sessions.find(session.key().word())).contains(session);
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(sessions.find(session.key().word())).isEmpty();
  }

  @Test
  void there_are_few_at_a_time() {
    Session first = sessions.begin();
    Session second = sessions.begin();
    assertThat(sessions.find(first.key().word())).isPresent();
    for (int i = 0; i < 31; i++) {
      Session _ = sessions.begin();
    }
    assertThat(sessions.find(second.key().word())).isEmpty();
    assertThat(sessions.find(first.key().word())).isPresent();
  }

  @Test
  void a_secret_is_not_printed_by_accident() {
    assertThat(Secret.of("word")).hasToString("(secret)");
    assertThat(Secret.random().word()).hasSize(32).isNotEqualTo(Secret.random().word());
  }

  @Test
  void guesses_are_slowed_down_and_forgiven() {
    Attempts attempts = new Attempts(() -> now);
    for (int i = 0; i < 10; i++) {
      assertThat(attempts.pause()).isZero();
      attempts.wrong();
    }
    assertThat(attempts.pause()).isPositive();
    now = now.plus(attempts.pause());
    assertThat(attempts.pause()).isZero();
    attempts.wrong();
    assertThat(attempts.pause()).isPositive();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(attempts.pause()).isZero();
  }

  @Test
  void only_this_machine_and_the_proxy_are_names_of_the_server() {
    Origins proxied = Origins.behind("https://Backup.example.org/");
    for (String host :
        List.of("localhost", "127.0.0.1:8765", "[::1]:80", "LOCALHOST:1", "127.1.2.3")) {
      assertThat(Origins.LOOPBACK_ONLY.allowsHost(host)).as(host).isTrue();
    }
    for (String host :
        List.of(
            "",
            "localhost.evil.example",
            "evil.example",
            "127.0.0.1.evil.example",
            "[::2]",
            "localhost:x")) {
      assertThat(proxied.allowsHost(host)).as(host).isFalse();
    }
    assertThat(proxied.allowsHost("backup.example.org")).isTrue();
    assertThat(proxied.allowsHost("backup.example.org:8080")).isFalse();
    assertThat(
            proxied.allowsChange(
                "backup.example.org", Optional.of("https://backup.example.org"), Optional.empty()))
        .isTrue();
    assertThatThrownBy(() -> Origins.behind("https://x.example/path"))
        .isInstanceOf(UsageException.class);
  }
}
