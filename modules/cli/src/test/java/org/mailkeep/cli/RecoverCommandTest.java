package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverCommandTest {

  @TempDir private Path folder;
  private Shell shell;
  private Path maildir;

  @BeforeEach
  void a_mailbox_that_was_backed_up_and_has_lost_messages() throws IOException {
    shell = new Shell(folder);
    maildir = folder.resolve("domains/example.com/anna/Maildir");
    for (String place : List.of("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp")) {
      Files.createDirectories(maildir.resolve(place));
    }
    message("cur/1.a:2,S", "Ben <ben@example.org>", "=?UTF-8?Q?Rechnung_f=C3=BCr_M=C3=A4rz?=");
    message("cur/2.b:2,FS", "Cleo <cleo@example.org>", "Lunch");
    message(".Sent/cur/3.c:2,S", "anna@example.com", "Re: Lunch");
    message("cur/4.d:2,S", "Dora <dora@example.org>", "Still there");
    assertThat(shell.mailkeep("backup", "--init", folder.resolve("domains").toString()).exit())
        .isZero();
    for (String gone : List.of("cur/1.a:2,S", "cur/2.b:2,FS", ".Sent/cur/3.c:2,S")) {
      Files.delete(maildir.resolve(gone));
    }
  }

  private void message(String place, String from, String subject) throws IOException {
    Files.writeString(
        maildir.resolve(place),
        "Date: Fri, 20 Nov 2026 12:00:00 +0000\nFrom: %s\nSubject: %s\nMessage-ID: <%s@x>\n\n%s\n"
            .formatted(from, subject, place.hashCode(), subject));
  }

  private long count(String place) throws IOException {
    try (Stream<Path> files = Files.list(maildir.resolve(place))) {
      return files.count();
    }
  }

  private Shell.Outcome recover(String... options) {
    return shell.mailkeep(
        Stream.concat(
                Stream.of("mailbox", "recover", "anna@example.com", "--at", "latest"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void a_dry_run_lists_what_would_come_back_and_the_run_brings_it_back_once() throws IOException {
    Shell.Outcome plan = recover("--dry-run");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out().lines()).hasSize(4);
    assertThat(plan.out())
        .contains("Ben <ben@example.org>", "Cleo <cleo@example.org>", "  Lunch  [INBOX]")
        .contains("  Re: Lunch  [Sent]", "3 messages (", "would come back; nothing was written")
        .doesNotContain("Still there", "=?UTF-8");
    assertThat(count("cur")).isEqualTo(1);
    assertThat(recover().out())
        .contains("anna@example.com, snapshot ", "3 messages (", " came back");
    assertThat(recover().out()).contains("none is missing");
    assertThat(count("cur")).isEqualTo(3);
    assertThat(count(".Sent/cur")).isEqualTo(1);
  }

  @Test
  void messages_can_be_chosen_by_words_by_id_and_by_folder() {
    assertThat(recover("--dry-run", "--query", "rechnung marz").out()).contains("Ben", "1 message");
    assertThat(recover("--dry-run", "--query", "lunch").out()).contains("2 messages");
    assertThat(recover("--dry-run", "--subject", "lunch", "--larger", "1M").out())
        .contains("none is missing");
    assertThat(recover("--dry-run", "--query", "lunch", "--folder", "sent").err())
        .contains("no folder sent", "INBOX, Sent");
    assertThat(recover("--dry-run", "--query", "lunch", "--folder", "Sent").out())
        .contains("1 message");
    assertThat(recover("--dry-run", "--message", "2.b:2,").out()).contains("Cleo", "1 message");
    String id = "<" + "cur/2.b:2,FS".hashCode() + "@x>";
    assertThat(recover("--dry-run", "--message", id).out()).contains("Cleo", "1 message");
  }

  @Test
  void all_goes_into_a_new_folder_and_json_tells_it() throws IOException {
    Shell.Outcome run = recover("--into", "Recovered.2026-11-20", "--json", "--verbose");
    assertThat(run.out().lines()).hasSize(4);
    assertThat(run.out())
        .contains("\"subject\":\"Lunch\"", "\"folder\":\"Sent\",\"to\":\"Recovered.2026-11-20\"")
        .contains("\"recovered\":3", "\"problems\":0");
    assertThat(count(".Recovered.2026-11-20/cur")).isEqualTo(3);
    assertThat(recover().out()).contains("none is missing");
  }

  @Test
  void a_roll_back_keeps_what_was_there_as_a_snapshot_and_can_be_undone() throws IOException {
    message("cur/9.z:2,S", "Zoe <zoe@example.org>", "Came later");
    Shell.Outcome plan = recover("--rollback", "--dry-run", "--verbose");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("cur/9.z:2,S", "cur/2.b:2,FS", "Nothing was written.");
    Shell.Outcome run = recover("--rollback", "--json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(maildir.resolve("cur/2.b:2,FS")).exists();
    assertThat(maildir.resolve("cur/9.z:2,S")).doesNotExist();
    String before = run.out().replaceFirst("(?s).*\"before\":\"([^\"]+)\".*", "$1");
    Shell.Outcome again =
        shell.mailkeep(
            "mailbox", "recover", maildir.toString(), "--at", before.substring(0, 8), "--rollback");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("is again as in snapshot", "is kept as snapshot");
    assertThat(maildir.resolve("cur/2.b:2,FS")).doesNotExist();
    assertThat(maildir.resolve("cur/9.z:2,S")).exists();
  }

  @Test
  void a_run_that_was_killed_is_completed_by_the_next_and_nothing_is_doubled() throws Exception {
    for (int i = 0; i < 400; i++) {
      message("cur/1" + i + ".k:2,S", "Ben <ben@example.org>", "Number " + i);
    }
    assertThat(shell.mailkeep("backup", folder.resolve("domains").toString()).exit()).isZero();
    for (int i = 0; i < 400; i++) {
      Files.delete(maildir.resolve("cur/1" + i + ".k:2,S"));
    }
    Process killed =
        shell.start(
            "mailbox", "recover", "anna@example.com", "--at", "latest", "--into", "Back/Again");
    while (killed.isAlive() && !Files.isDirectory(maildir.resolve(".Back.Again"))) {
      Thread.sleep(1);
    }
    killed.destroyForcibly().waitFor();
    assertThat(recover("--into", "Back/Again").exit()).isZero();
    assertThat(recover("--into", "Back/Again").out()).contains("none is missing");
    assertThat(count(".Back.Again/cur")).isEqualTo(400);
    assertThat(count("cur")).isEqualTo(1);
  }

  @Test
  void wrong_usage_is_told() {
    assertThat(shell.mailkeep("mailbox").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("mailbox", "recover", "anna@example.com").err()).contains("--at");
    Shell.Outcome nobody =
        shell.mailkeep("mailbox", "recover", "nobody@example.com", "--at", "latest");
    assertThat(nobody.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(nobody.err()).contains("no mailbox nobody@example.com");
    assertThat(recover("--into", "a..b").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(recover("--rollback", "--into", "x").err()).contains("do not go with it");
    assertThat(recover("--query", "!").err()).contains("no word");
    assertThat(shell.mailkeep("mailbox", "recover", "anna@example.com", "--at", "2020-01-01").err())
        .contains("No snapshot is as old as 2020-01-01");
    assertThat(recover("--maildir", "nowhere").err()).contains("There is no mailbox", "--maildir");
  }
}
