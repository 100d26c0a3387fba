package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an administrator is told to do after a restore. */
class NextStepsTest extends RestoreFixture {

  private static List<String> topics(Restore.Report report) {
    return report.nextSteps().stream().map(NextStep::topic).toList();
  }

  @Test
  void a_restore_of_no_mail_server_asks_for_nothing() {
    assertThat(restore().to(target).nextSteps()).isEmpty();
  }

  @Test
  void a_whole_server_has_its_steps_in_order() throws IOException {
    write(
        "var/qmail/control/me",
        "var/qmail/control/locals",
        "var/qmail/users/assign",
        "home/vpopmail/domains/example.com/vpasswd",
        "etc/tcp/smtp",
        "service/qmail-send/run");
    Files.createDirectories(source.resolve("var/qmail/queue"));
    Restore.Report report = restore().to(target);
    assertThat(topics(report))
        .containsExactly(
            "accounts", "queue", "assign", "tcp_rules", "vpasswd", "reload", "services");
    assertThat(report.nextSteps().get(1).commands())
        .containsExactly("mailkeep queue init " + source + "/var/qmail/queue");
  }

  @Test
  void a_queue_that_is_there_is_not_to_be_made() throws IOException {
    write("var/qmail/control/me");
    Files.createDirectories(source.resolve("var/qmail/queue"));
    for (String split : List.of("mess", "info", "local", "remote")) {
      Files.createDirectories(back("var/qmail/queue/" + split + "/0"));
    }
    for (String flat : List.of("lock", "todo", "intd")) {
      Files.createDirectories(back("var/qmail/queue/" + flat));
    }
    assertThat(topics(restore().to(target))).containsExactly("accounts");
  }

  @Test
  void what_was_left_as_it_was_needs_nothing() throws IOException {
    write("users/assign");
    Object _ = restore().to(target);
    assertThat(restore().ifChanged().to(target).nextSteps()).isEmpty();
    assertThat(restore().skip().to(target).nextSteps()).isEmpty();
    assertThat(topics(restore().replace().to(target))).contains("assign");
  }
}
