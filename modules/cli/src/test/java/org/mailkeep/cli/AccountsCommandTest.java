package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be tried with the accounts that this machine has; the rest is tried in the engine. */
class AccountsCommandTest {

  @TempDir private Path folder;
  private Path source;
  private Shell shell;

  @BeforeEach
  void a_snapshot() throws IOException {
    source = folder.resolve("source");
    Files.createDirectories(source.resolve("users"));
    Files.writeString(source.resolve("users/assign"), "=a:a:89:89:/home/a:::\n.\n");
    shell = new Shell(folder);
    assertThat(shell.mailkeep("backup", "--init", source.toString()).exit()).isZero();
  }

  @Test
  void the_host_of_the_snapshot_agrees_with_it_and_a_qmail_queue_without_setuid_does_not()
      throws IOException {
    String absent = folder.resolve("no-qmail").toString();
    Shell.Outcome same = shell.mailkeep("accounts", "check", "latest", "--qmail", absent);
    assertThat(same.exit()).as(same.out() + same.err()).isZero();
    assertThat(same.out()).contains("0 things do not");
    Path program = Files.createDirectories(folder.resolve("qmail/bin")).resolve("qmail-queue");
    Files.writeString(program, "x");
    Shell.Outcome wrong =
        shell.mailkeep(
            "accounts", "check", "latest", "--json", "--qmail", folder.resolve("qmail").toString());
    assertThat(wrong.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.out()).contains("\"state\":\"not-setuid\"", "\"mismatches\":1");
  }

  @Test
  void the_script_of_this_host_finds_all_there_and_changes_nothing() throws IOException {
    Path script = folder.resolve("accounts.sh");
    Files.writeString(script, shell.mailkeep("accounts", "script", "latest").out());
    Shell.Outcome run = shell.line("sh " + script);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain(" made ");
    assertThat(shell.mailkeep("accounts", "script", "latest", "--system", "freebsd").out())
        .contains("pw ${root");
  }

  @Test
  void a_mapped_restore_says_what_it_rewrote_and_what_to_run() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    Path target = folder.resolve("target");
    Shell.Outcome restore =
        shell.mailkeep(
            "restore",
            "latest",
            "--target",
            target.toString(),
            "--map-uid",
            "89=1089",
            "--map-uid",
            "0=1090",
            "--map-home",
            "/home=/srv/home");
    assertThat(restore.exit()).as(restore.err()).isZero();
    assertThat(restore.out()).contains("assign: 1 line: line 1 (=a)", "/bin/qmail-newu\n");
    Path file = target.resolve(source.resolve("users/assign").toString().substring(1));
    assertThat(file).hasContent("=a:a:1089:89:/srv/home/a:::\n.\n");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1090);
  }

  @Test
  void wrong_usage_is_told_with_an_example() {
    String target = folder.resolve("target").toString();
    for (String wrong : new String[] {"89", "=", "a=1", "1=4294967295", "89=+5", "89="}) {
      Shell.Outcome outcome =
          shell.mailkeep("restore", "latest", "--target", target, "--map-uid", wrong);
      assertThat(outcome.exit()).as(wrong).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err()).contains("--map-uid 89=1089");
    }
    assertThat(
            shell
                .mailkeep("restore", "latest", "--target", target, "--by-name", "--numeric-owner")
                .exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("accounts", "check", "latest:/home").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("target")).doesNotExist();
  }
}
