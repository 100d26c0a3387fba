package org.mailkeep.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.output.PrintedCode;

/** Keys and copies as their users meet them. */
final class KeyCommandTest {

  @TempDir private Path folder;
  private Path mail;
  private Shell shell;

  @BeforeEach
  void makeRepository() throws IOException {
    mail = Files.createDirectory(folder.resolve("mail"));
    Files.writeString(mail.resolve("message"), "Subject: one\n\nbody\n");
    Files.writeString(folder.resolve("old"), "correct horse\n");
    Files.writeString(folder.resolve("new"), "battery staple\n");
    shell = new Shell(folder).without("MAILKEEP_KEY_FILE");
    password("old");
    done("backup", "--init", mail.toString());
  }

  private void password(String file) {
    Shell _ = shell.with("MAILKEEP_PASSWORD_FILE", at(file));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private String done(String... arguments) {
    Shell.Outcome outcome = shell.mailkeep(arguments);
    assertThat(outcome.exit()).as("%s\n%s", List.of(arguments), outcome.err()).isZero();
    return outcome.out();
  }

  private String refused(String... arguments) {
    Shell.Outcome outcome = shell.mailkeep(arguments);
    assertThat(outcome.exit()).as("%s", List.of(arguments)).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err().lines()).hasSizeBetween(1, 3);
    assertThat(outcome.err()).startsWith("mailkeep: ").doesNotContain("Exception");
    return outcome.err();
  }

  @Test
  void slots_are_added_changed_and_removed_here_and_in_the_copy() throws IOException {
    done("copy", "--init", "--to", at("copy"));
    done(
        "key", "add", "--label", "Anna", "--new-password-file", at("new"), "--also-in", at("copy"));
    done("key", "generate", "--new-password-file", at("new"), at("office"));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("office"))))
        .isEqualTo("rw-------");
    done("key", "add", "--recipient", at("office.pub"), "--label", "office");
    Files.writeString(folder.resolve("third"), "third\n");
    done("key", "passwd", "--new-password-file", at("third"));
    assertThat(refused("snapshots")).contains("The password is wrong");
    password("third");
    List<String> list = done("key", "list").lines().toList();
    assertThat(list).hasSize(3).filteredOn(line -> line.startsWith("*")).hasSize(1);
    assertThat(line("office", list)).contains("recipient");

    // The copy knows nothing of the change yet; it learns of it with the next copying.
    password("old");
    done("snapshots", "--repo", at("copy"));
    password("third");
    done("copy", "--to", at("copy"));
    done("snapshots", "--repo", at("copy"));
    password("old");
    assertThat(refused("snapshots", "--repo", at("copy"))).contains("The password is wrong");

    password("new");
    done("snapshots", "--private-key", at("office"), "--repo", at("copy"));
    done("key", "remove", id(line("office", list)), id(line("first", list)));
    assertThat(refused("key", "remove", id(line("Anna", list))))
        .contains("the last with full keys");
  }

  private static String line(String label, List<String> list) {
    return list.stream().filter(line -> line.endsWith(label)).findFirst().orElseThrow();
  }

  private static String id(String line) {
    return line.substring(2, 10);
  }

  @Test
  void the_full_key_comes_back_from_paper_and_a_typing_error_names_its_line() throws IOException {
    String page = done("key", "export", "--paper", "-");
    String typed = page.toUpperCase(Locale.ROOT).replace("  ", "   ");
    Files.writeString(folder.resolve("typed"), typed);
    done("key", "import", at("typed"), "--new-password-file", at("new"));
    password("new");
    assertThat(done("cat", "latest:" + mail.resolve("message"))).startsWith("Subject: one");
    String line7 = page.lines().filter(line -> line.startsWith(" 7 ")).findFirst().orElseThrow();
    char right = line7.charAt(10);
    String wrong = line7.substring(0, 10) + (right == 'a' ? 'b' : 'a') + line7.substring(11);
    Files.writeString(folder.resolve("typo"), page.replace(line7, wrong));
    String error = refused("key", "import", at("typo"), "--new-password-file", at("new"));
    assertThat(error)
        .contains("line 7 has a wrong character")
        .doesNotContain(wrong.substring(4, 15));
    // The paper of one repository does not open another.
    done("init", "--repo", at("other"));
    assertThat(
            refused(
                "key",
                "import",
                at("typed"),
                "--new-password-file",
                at("new"),
                "--repo",
                at("other")))
        .contains("does not open the one in");
    assertThat(page.lines().filter(line -> line.matches("[ 1][0-9]  .*"))).hasSize(15);
  }

  @Test
  void a_camera_reads_the_full_key_from_the_printed_code() throws Exception {
    List<String> page = utf8(done("key", "export", "--paper", "--qr", "-")).lines().toList();
    List<String> code =
        page.stream().filter(line -> line.matches(".*[\u2580\u2584\u2588].*")).toList();
    String scanned = PrintedCode.scan(code, 4);
    assertThat(scanned).startsWith("MAILKEEP:");
    Files.writeString(folder.resolve("scanned"), scanned + "\n");
    done("key", "import", at("scanned"), "--new-password-file", at("new"));
    password("new");
    assertThat(done("cat", "latest:" + mail.resolve("message"))).startsWith("Subject: one");
    char right = scanned.charAt(200);
    Files.writeString(
        folder.resolve("wrong"),
        scanned.substring(0, 200) + (right == 'A' ? 'B' : 'A') + scanned.substring(201));
    assertThat(refused("key", "import", at("wrong"), "--new-password-file", at("new")))
        .contains("scanned")
        .doesNotContain(scanned.substring(190, 210));
    // The page itself, saved with the code on it, is typed lines as before.
    done("key", "export", "--paper", "--qr", at("page"));
    done("key", "import", at("page"), "--new-password-file", at("new"));
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  @Test
  void a_file_that_is_no_key_is_named() throws IOException {
    Files.writeString(folder.resolve("nokey"), "nothing\n");
    Shell _ = shell.without("MAILKEEP_PASSWORD_FILE");
    assertThat(refused("snapshots", "--key-file", at("nokey"))).contains(at("nokey"));
    assertThat(refused("snapshots", "--private-key", at("nokey"))).contains(at("nokey"));
  }

  @Test
  void what_fails_names_its_place_once() {
    assertThat(refused("copy", "--to", at("nowhere")))
        .containsOnlyOnce("There is no copy in")
        .doesNotContain(at("nowhere") + ": There");
    assertThat(refused("import", at("missing.tar")).lines().findFirst().orElseThrow())
        .containsOnlyOnce(at("missing.tar"))
        .contains("No such file");
  }

  @Test
  void after_a_rotation_old_slots_open_old_data_and_renewed_ones_all() throws IOException {
    done("key", "add", "--label", "former", "--new-password-file", at("new"));
    done("key", "add", "--writer", "--label", "mx1", "--new-key-file", at("mx1"));
    String told = done("key", "rotate", "--with-key-file", at("mx1"));
    assertThat(told).contains("'mx1'").contains("NOT renewed").contains("'former'");
    Files.writeString(mail.resolve("later"), "Subject: two\n\nbody\n");
    Shell _ = shell.without("MAILKEEP_PASSWORD_FILE").with("MAILKEEP_KEY_FILE", at("mx1"));
    done("backup", mail.toString());
    Shell _ = shell.without("MAILKEEP_KEY_FILE");
    password("old");
    assertThat(done("cat", "latest:" + mail.resolve("later"))).startsWith("Subject: two");
    assertThat(done("key", "list")).contains("former  data keys 1 of 2");
    password("new");
    Shell.Outcome former = shell.mailkeep("snapshots");
    assertThat(former.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(former.out().lines()).hasSize(2);
    assertThat(done("cat", "@2999-01-01:" + mail.resolve("message"))).startsWith("Subject: one");
  }

  @Test
  void copies_are_told_by_status_and_open_alone() throws IOException {
    assertThat(refused("copy", "--to", at("copy"))).contains("--init");
    done("copy", "--init", "--to", at("copy"), "--verify");
    done("init", "--like", at("repo"), "--repo", at("third"));
    Shell _ = shell.with("MAILKEEP_TO_PASSWORD", "its own");
    Shell.Outcome init =
        shell.line("MAILKEEP_PASSWORD_FILE=" + at("new") + " $MAILKEEP init --repo " + at("own"));
    assertThat(init.exit()).isZero();
    assertThat(refused("copy", "--to", at("own"))).contains("The password is wrong");
    String copied =
        done("copy", "--to", at("third"), "--to", at("own"), "--to-password-file", at("new"));
    assertThat(copied.lines()).hasSize(2);
    assertThat(copied).contains("sealed anew");
    assertThat(done("status", "--max-age", "1h", "--min-copies", "3")).contains(at("own"));
    Shell.Outcome few = shell.mailkeep("status", "--min-copies", "4", "--json");
    assertThat(few.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(few.out()).contains("\"tooFewCopies\":true").contains("\"tooOld\":false");
    done("status", "--forget-copy", at("own"));
    assertThat(shell.mailkeep("status", "--min-copies", "3").exit()).isEqualTo(ExitCode.FAILED);
    assertThat(shell.mailkeep("copy", "--to", at("repo")).exit()).isEqualTo(ExitCode.USAGE);
    password("new");
    Shell _ = shell.with("MAILKEEP_STATE_DIR", at("nothing"));
    assertThat(done("cat", "--repo", at("own"), "latest:" + mail.resolve("message")))
        .startsWith("Subject: one");
  }

  @Test
  void with_a_writers_key_each_command_works_or_says_that_it_needs_the_full_key()
      throws IOException {
    done("key", "add", "--writer", "--new-key-file", at("mx1"));
    Shell _ =
        shell
            .without("MAILKEEP_PASSWORD_FILE")
            .with("MAILKEEP_KEY_FILE", at("mx1"))
            .with("MAILKEEP_STATE_DIR", at("mail-host"));
    done("backup", mail.toString());
    Shell.Outcome snapshots = shell.mailkeep("snapshots");
    assertThat(snapshots.exit()).isZero();
    assertThat(snapshots.out().lines()).hasSize(2);
    assertThat(snapshots.err()).contains("1 more that only a full key can read");
    done("rebuild-index");
    done("key", "list");
    for (List<String> command :
        List.of(
            List.of("ls", "latest"),
            List.of("cat", "latest:/x"),
            List.of("find", "m*"),
            List.of("restore", "latest", "--target", at("x")),
            List.of("check"),
            List.of("stats"),
            List.of("status"),
            List.of("accounts", "check", "latest"),
            List.of("copy", "--init", "--to", at("copy")),
            List.of("key", "export", "-"),
            List.of("key", "rotate"),
            List.of("key", "remove", "abcd"),
            List.of("key", "add", "--new-password-file", at("new")))) {
      assertThat(refused(command.toArray(String[]::new))).contains("This needs the full key");
    }
  }
}
