package org.mailkeep.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mailbox held and what became of it, on the command line. */
final class MailboxCommandTest {

  private static final String NAME = "1700000000.1.mx";

  @TempDir private Path folder;
  private Path store;
  private Path maildir;
  private Shell shell;

  @BeforeEach
  void makeMailbox() throws IOException {
    store = folder.resolve("home/vpopmail");
    maildir = store.resolve("domains/example.com/anna/Maildir");
    for (String half : List.of("cur", "new", "tmp", ".Old/cur", ".Old/new", ".Old/tmp")) {
      Files.createDirectories(maildir.resolve(half));
    }
    Files.writeString(
        maildir.resolve("new").resolve(NAME),
        """
        Date: Fri, 20 Nov 2026 14:03:05 +0100
        From: Zoë <zoe@shop.example>
        To: anna@example.com
        Message-ID: <1@shop.example>
        Subject: =?UTF-8?Q?Rechnung_f=C3=BCr_M=C3=A4rz?=

        Text
        """);
    // Beside the mailbox, since a source that has become empty raises the alarm.
    Files.writeString(store.resolve("notes"), "");
    shell = new Shell(folder);
    assertThat(shell.mailkeep("backup", "--init", store.toString()).exit()).isZero();
  }

  @Test
  void the_story_of_a_message_is_told_from_its_delivery_to_its_end() throws IOException {
    Files.move(maildir.resolve("new").resolve(NAME), maildir.resolve(".Old/cur/" + NAME + ":2,S"));
    assertThat(shell.mailkeep("backup", "-q", store.toString()).exit()).isZero();
    Files.delete(maildir.resolve(".Old/cur/" + NAME + ":2,S"));
    Shell.Outcome quiet = shell.mailkeep("backup", "-q", "--no-history", store.toString());
    assertThat(quiet.exit()).isZero();

    Shell.Outcome log = shell.mailkeep("mailbox", "log", "anna@example.com");
    assertThat(log.exit()).isZero();
    assertThat(log.err()).isEmpty();
    // The shell's output comes as bytes, each a character.
    String text = new String(log.out().getBytes(ISO_8859_1), UTF_8);
    assertThat(text.lines().map(String::strip))
        .satisfiesExactly(
            first -> assertThat(first).contains("snapshot "),
            found -> assertThat(found).isEqualTo("found      1 message (-v names them)"),
            second -> assertThat(second).contains("snapshot "),
            moved ->
                assertThat(moved)
                    .isEqualTo(
                        "moved, read INBOX -> Old  Rechnung für März  from Zoë <zoe@shop.example>"),
            third -> assertThat(third).contains("snapshot "),
            deleted -> assertThat(deleted).startsWith("deleted    Old  Rechnung für März"));
    assertThat(shell.mailkeep("mailbox", "log", "anna@example.com", "--json").out().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("\"messageId\":\"1@shop.example\""));

    Shell.Outcome found = shell.mailkeep("mailbox", "search", "--deleted", "--subject", "marz");
    assertThat(found.exit()).isZero();
    assertThat(found.out()).contains("anna@example.com  Old [S]").contains("deleted before ");
  }

  @Test
  void mailboxes_are_listed_with_what_they_hold() {
    Shell.Outcome list = shell.mailkeep("mailbox", "list");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).containsPattern("anna@example\\.com +2 +1 ");
    assertThat(shell.mailkeep("mailbox", "list", "latest", "--json").out())
        .contains("\"mailbox\":\"anna@example.com\"")
        .contains("\"messages\":1,\"unseen\":1");
  }

  @Test
  void nothing_found_is_told_by_the_exit_code() {
    Shell.Outcome none = shell.mailkeep("mailbox", "search", "--from", "nobody");
    assertThat(none.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("nothing was found");
    Shell.Outcome json = shell.mailkeep("mailbox", "search", "--from=nobody", "--json", "--quiet");
    assertThat(json.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(json.out() + json.err()).isEmpty();
  }

  @Test
  void what_is_found_is_exported_each_message_once() throws IOException {
    Path second = maildir.resolve("cur/1700000001.2.mx:2,S");
    Files.writeString(second, "From: Zoe <zoe@shop.example>\nSubject: Second\n\nFrom here\n");
    assertThat(shell.mailkeep("backup", "-q", store.toString()).exit()).isZero();
    Files.delete(second);
    Files.move(maildir.resolve("new").resolve(NAME), maildir.resolve(".Old/cur/" + NAME + ":2,S"));
    assertThat(shell.mailkeep("backup", "-q", store.toString()).exit()).isZero();

    Path mbox = folder.resolve("zoe.mbox");
    List<String> search = List.of("mailbox", "search", "--from", "zoe", "--export");
    Shell.Outcome written = mailkeep(search, mbox.toString());
    assertThat(written.exit()).as(written.err()).isZero();
    assertThat(written.err()).contains("2 files").contains("zoe.mbox");
    assertThat(Files.readAllLines(mbox))
        .filteredOn(line -> line.startsWith("From ") || line.startsWith("Subject:"))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("From MAILER-DAEMON "),
            rechnung -> assertThat(rechnung).contains("Rechnung"),
            two -> assertThat(two).startsWith("From MAILER-DAEMON "),
            other -> assertThat(other).isEqualTo("Subject: Second"));
    assertThat(Files.readString(mbox)).contains("\n>From here\n");

    assertThat(mailkeep(search, mbox.toString()).exit()).isEqualTo(ExitCode.FAILED);
    assertThat(mailkeep(search, mbox.toString(), "--force", "--json").out())
        .contains("\"files\":2");
    String tar = mailkeep(search, "-", "--format", "tar").out();
    assertThat(tar)
        .contains("Maildir/.Old/cur", NAME + ":2,S", "Maildir/cur", "1700000001.2.mx:2,S")
        .doesNotContain("Maildir/new");
    Path none = folder.resolve("none.zip");
    Shell.Outcome nothing =
        shell.mailkeep("mailbox", "search", "--from", "nobody", "--export", none.toString());
    assertThat(nothing.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(none).doesNotExist();
  }

  private Shell.Outcome mailkeep(List<String> command, String... more) {
    return shell.mailkeep(Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void wrong_questions_are_explained_in_a_line_or_two() {
    for (List<String> wrong :
        List.of(
            List.of("mailbox", "search"),
            List.of("mailbox", "search", "--from", "!!"),
            List.of("mailbox", "search", "--since", "yesterday"),
            List.of("mailbox", "search", "--larger", "big"),
            List.of("mailbox", "search", "--folder", "a..b"),
            List.of("mailbox", "search", "--from", "x", "--limit", "0"),
            List.of("mailbox", "search", "--from", "x", "--export", "a.mbox", "--limit", "1"),
            List.of("mailbox", "search", "--from", "x", "--export", "a"),
            List.of("mailbox", "search", "--from", "x", "--format", "tar"),
            List.of("mailbox", "log"),
            List.of("mailbox", "log", "anna@example.com", "--since", "soon"))) {
      Shell.Outcome outcome = shell.mailkeep(wrong.toArray(String[]::new));
      assertThat(outcome.exit()).as(wrong.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err().lines().count()).as(outcome.err()).isLessThanOrEqualTo(4);
    }
    Shell.Outcome unknown = shell.mailkeep("mailbox", "log", "nobody@example.com");
    assertThat(unknown.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err()).contains("no mailbox nobody@example.com");
  }
}
