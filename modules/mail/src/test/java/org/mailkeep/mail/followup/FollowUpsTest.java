package org.mailkeep.mail.followup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailkeep.mail.followup.FollowUp.Topic;
import org.mailkeep.model.RawPath;

class FollowUpsTest {

  private static List<FollowUp> after(String... paths) {
    FollowUps followUps = new FollowUps();
    Stream.of(paths).forEach(path -> followUps.note(RawPath.of(path), false));
    return followUps.list("1a2b3c4d", _ -> false);
  }

  private static List<Topic> topics(String... paths) {
    return after(paths).stream().map(FollowUp::topic).toList();
  }

  private static List<String> commands(Topic topic, String... paths) {
    return after(paths).stream()
        .filter(followUp -> followUp.topic() == topic)
        .flatMap(followUp -> followUp.commands().stream())
        .toList();
  }

  @Test
  void mail_alone_asks_for_nothing() {
    assertThat(
            topics(
                "/home/vpopmail/domains/example.com/anna/Maildir/cur/1.1.mx:2,S",
                "/home/anna/run",
                "/x"))
        .isEmpty();
  }

  @Test
  void qmail_reads_assign_by_way_of_qmail_newu() {
    assertThat(topics("/var/qmail/users/assign")).containsExactly(Topic.ACCOUNTS, Topic.ASSIGN);
    assertThat(commands(Topic.ASSIGN, "/var/qmail/users/assign"))
        .containsExactly("/var/qmail/bin/qmail-newu");
    assertThat(topics("/srv/assign")).isEmpty();
  }

  @Test
  void a_qmail_that_came_back_needs_its_accounts_checked_and_a_queue() {
    assertThat(commands(Topic.ACCOUNTS, "/srv/qmail/control/me", "/srv/qmail/users/assign"))
        .containsExactly("mailkeep accounts check 1a2b3c4d --qmail /srv/qmail");
    assertThat(commands(Topic.QUEUE, "/srv/qmail/control/me"))
        .containsExactly("mailkeep queue init /srv/qmail/queue");
    FollowUps followUps = new FollowUps();
    followUps.note(RawPath.of("/srv/qmail/control/me"), false);
    assertThat(followUps.list("x", queue -> queue.equals(RawPath.of("/srv/qmail/queue"))))
        .extracting(FollowUp::topic)
        .containsExactly(Topic.ACCOUNTS);
  }

  @Test
  void each_domain_needs_its_vpasswd_compiled_the_first_thousand_are_named() {
    assertThat(
            commands(
                Topic.VPASSWD,
                "/home/vpopmail/domains/0/example.org/vpasswd",
                "/home/vpopmail/domains/example.com/vpasswd",
                "/elsewhere/example.net/vpasswd"))
        .containsExactlyInAnyOrder(
            "/home/vpopmail/bin/vmkpasswd example.org",
            "/home/vpopmail/bin/vmkpasswd example.com",
            "vmkpasswd example.net");
    FollowUps followUps = new FollowUps();
    for (int i = 0; i < 1234; i++) {
      followUps.note(RawPath.of("/home/vpopmail/domains/d" + i + "/vpasswd"), false);
    }
    FollowUp many = followUps.list("x", _ -> true).getFirst();
    assertThat(many.commands()).hasSize(1000);
    assertThat(many.more()).isEqualTo(234);
  }

  @Test
  void rules_for_tcpserver_are_found_in_the_places_that_guides_name() {
    assertThat(
            commands(
                Topic.TCP_RULES,
                "/etc/tcp/smtp",
                "/etc/tcp/smtp.cdb",
                "/etc/tcp/Makefile",
                "/etc/tcp.smtp",
                "/home/vpopmail/etc/tcp.smtp",
                "/home/vpopmail/etc/tcp.smtp.cdb",
                "/etc/tcprules.d/tcp.imap",
                "/var/qmail/control/tcp.smtp"))
        .hasSize(5)
        .contains("tcprules /etc/tcp/smtp.cdb /etc/tcp/smtp.tmp < /etc/tcp/smtp");
  }

  @Test
  void a_path_goes_into_a_command_as_one_word_whatever_is_in_it() {
    assertThat(commands(Topic.TCP_RULES, "/etc/tcp/it's $(x)"))
        .singleElement()
        .asString()
        .endsWith(" < '/etc/tcp/it'\\''s $(x)'");
  }

  @Test
  void services_are_scripts_to_run_and_links_for_svscan() {
    assertThat(topics("/var/qmail/supervise/qmail-smtpd/run")).containsExactly(Topic.SERVICES);
    assertThat(topics("/var/qmail/supervise/qmail-smtpd/log/run")).isEmpty();
    FollowUps links = new FollowUps();
    links.note(RawPath.of("/service/qmail-smtpd"), true);
    assertThat(links.list("x", _ -> true))
        .extracting(FollowUp::topic)
        .containsExactly(Topic.SERVICES);
  }

  @Test
  void the_steps_are_in_the_order_in_which_they_are_done() {
    assertThat(
            topics(
                "/service/smtpd/run",
                "/var/qmail/control/virtualdomains",
                "/home/vpopmail/domains/example.com/anna/Maildir/maildirsize",
                "/home/vpopmail/domains/example.com/vpasswd",
                "/etc/tcp.smtp",
                "/var/qmail/control/morercpthosts",
                "/var/qmail/users/assign",
                "/var/qmail/control/me",
                "/home/vpopmail/etc/vpopmail.mysql",
                "/var/qmail/bin/qmail-queue"))
        .containsExactly(Topic.values());
  }
}
