package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.options.TimeSource;

/** The configuration and the run, as an administrator meets them. */
final class RunCommandTest {

  @TempDir private Path folder;
  private Path file;
  private Shell shell;

  @BeforeEach
  void a_configuration() throws IOException {
    file = folder.resolve("mailkeep.toml");
    Files.createDirectory(folder.resolve("mail"));
    Files.writeString(folder.resolve("mail/a"), "a");
    write("");
    shell =
        new Shell(folder)
            .without("MAILKEEP_REPOSITORY")
            .without("MAILKEEP_KEY_FILE")
            .without("MAILKEEP_STATE_DIR")
            .with("MAILKEEP_CONFIG", file.toString());
  }

  private void write(String more) throws IOException {
    Files.writeString(
        file,
        """
        [repository]
        place = "%1$s/repo"
        key-file = "%1$s/key"
        state-dir = "%1$s/state"
        [[source]]
        name = "mail"
        every = "1h"
        paths = ["%1$s/mail"]
        """
                .formatted(folder)
            + more);
  }

  @Test
  void what_the_file_says_holds_for_every_command() {
    assertThat(shell.mailkeep("init").exit()).isZero();
    assertThat(folder.resolve("repo/mailkeep-repository")).exists();
    assertThat(folder.resolve("key")).exists();
    assertThat(shell.mailkeep("backup", folder.resolve("mail").toString()).exit()).isZero();
    assertThat(folder.resolve("state")).isNotEmptyDirectory();
    assertThat(shell.mailkeep("snapshots").out().lines()).hasSize(2);
  }

  @Test
  void an_option_counts_more_than_the_environment_and_that_more_than_the_file() {
    shell.with("MAILKEEP_REPOSITORY", folder.resolve("other").toString());
    assertThat(shell.mailkeep("snapshots").err()).contains(folder.resolve("other").toString());
    String third = folder.resolve("third").toString();
    assertThat(shell.mailkeep("snapshots", "--repo", third).err()).contains(third);
    assertThat(shell.mailkeep("config", "show", "--set", "check.every=2d").out())
        .containsPattern("repository.place +" + folder + "/other +environment \\(MAILKEEP_REPOS")
        .containsPattern("repository.state-dir +" + folder + "/state +file")
        .containsPattern("check.every +2d +flag \\(--set check.every\\)");
  }

  @Test
  void commands_are_named_and_not_shown_for_they_may_hold_secrets() throws IOException {
    write(
        """
        commands = { "db.sql" = "dump -pSECRET" }
        [[copy]]
        name = "usb"
        to = "/mnt/usb"
        every = "1d"
        to-password-command = "echo SECRET"
        [[hook]]
        on = "before"
        command = "curl -u me:SECRET x"
        [notify]
        mail-to = ["root"]
        sendmail = "relay SECRET"
        """);
    for (String[] command :
        new String[][] {
          {"config", "check"},
          {"config", "show", "--all"},
          {"config", "show", "--json"},
          {"run", "--dry-run"},
          {"run", "--dry-run", "--json"},
          {"status"},
        }) {
      Shell.Outcome outcome = shell.mailkeep(command);
      assertThat(outcome.out() + outcome.err())
          .as("%s", List.of(command))
          .isNotEmpty()
          .doesNotContain("SECRET");
    }
    assertThat(shell.mailkeep("config", "show").out()).contains("db.sql=");
  }

  @Test
  void a_mistake_is_told_with_its_line_by_every_command_that_needs_the_file() throws IOException {
    write("[limits]\njobz = 2\n");
    for (String command : new String[] {"run", "snapshots", "status"}) {
      Shell.Outcome outcome = shell.mailkeep(command);
      assertThat(outcome.exit()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err()).contains("line 10, column 1", "jobz", "Did you mean 'jobs'?");
    }
    assertThat(shell.mailkeep("backup", "--help").exit()).isZero();
    Shell.Outcome check = shell.mailkeep("config", "check");
    assertThat(check.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(check.out()).startsWith(file + ":10:1: ");
    write("");
    assertThat(shell.mailkeep("config", "check").exit()).isZero();
    shell.with("MAILKEEP_CONFIG", folder.resolve("none").toString());
    assertThat(shell.mailkeep("run").err()).contains("mailkeep config sample");
  }

  @Test
  void the_sample_can_be_used_as_it_is() throws IOException {
    Files.writeString(file, shell.mailkeep("config", "sample").out());
    Shell.Outcome check = shell.mailkeep("config", "check");
    assertThat(check.exit()).as(check.out()).isZero();
    assertThat(check.out()).contains("backup mail", "forget", "prune", "check");
  }

  @Test
  void a_run_does_what_is_due_and_says_what_is_not() throws IOException {
    write("[check]\nevery = \"1d\"\n[limits]\njobs = 1\n");
    assertThat(shell.mailkeep("init").exit()).isZero();
    assertThat(shell.mailkeep("run", "--dry-run").out())
        .contains("never done", "mailkeep backup -- " + folder.resolve("mail"), "mailkeep check");
    Shell.Outcome run = shell.mailkeep("run");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("backup mail: done in", "check: done in");
    assertThat(shell.mailkeep("run").out()).contains("Nothing is due");
    assertThat(shell.mailkeep("run", "--now", "backup mail", "-q").out()).isEmpty();
    assertThat(shell.mailkeep("snapshots").out().lines()).hasSize(3);
    assertThat(shell.mailkeep("run", "--now", "backup mial").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("run", "--json", "--now", "check").out().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("\"event\":\"end\",\"step\":\"check\"", "\"result\":\"done\"", "\"sound\":");
  }

  @Test
  void what_a_run_was_told_of_the_repository_holds_for_its_steps() {
    String other = folder.resolve("other").toString();
    assertThat(shell.mailkeep("init", "--repo", other).exit()).isZero();
    assertThat(shell.mailkeep("run", "--repo", other).exit()).isZero();
    assertThat(shell.mailkeep("snapshots", "--repo=" + other).out().lines()).hasSize(2);
    assertThat(folder.resolve("repo")).doesNotExist();
  }

  @Test
  void exit_codes_and_status_tell_of_failures() throws IOException {
    Shell.Outcome away = shell.mailkeep("run");
    assertThat(away.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(away.err()).contains("backup mail: FAILED: There is no folder");
    Shell.Outcome status = shell.mailkeep("status");
    assertThat(status.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(status.out()).contains("backup mail", "FAILED since");

    assertThat(shell.mailkeep("init").exit()).isZero();
    assertThat(shell.mailkeep("run", "--now", "backup mail").exit()).isZero();
    assertThat(shell.mailkeep("status").exit()).isZero();
    Shell.Outcome late =
        TimeSource.of(() -> Instant.now().plus(Duration.ofHours(5)))
            .call(() -> shell.mailkeep("status"));
    assertThat(late.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(late.out()).contains("OVERDUE");

    Files.delete(folder.resolve("mail/a"));
    write("[backup]\nalarm = \"0\"\nalarm-files = 0\n");
    Shell.Outcome alarm = shell.mailkeep("run", "--now", "backup mail");
    assertThat(alarm.exit()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(alarm.err()).contains("backup mail: much has vanished");
  }

  @Test
  void the_metrics_are_written_by_runs_and_by_status() throws IOException {
    Path metrics = folder.resolve("mailkeep.prom");
    write("[status]\nprometheus = \"" + metrics + "\"\n");
    assertThat(shell.mailkeep("init").exit()).isZero();
    assertThat(shell.mailkeep("run").exit()).isZero();
    assertThat(metrics)
        .content()
        .contains("mailkeep_step_healthy{step=\"backup\",name=\"mail\"} 1");
    Path other = folder.resolve("other.prom");
    assertThat(shell.mailkeep("status", "--prometheus", other.toString()).exit()).isZero();
    assertThat(other).content().contains("mailkeep_step_files{step=\"backup\",name=\"mail\"} 1");
    assertThat(shell.mailkeep("status", "--json").out())
        .contains("\"steps\":[{\"step\":\"backup\"");
  }

  @Test
  void a_dry_run_does_not_show_commands_that_may_hold_a_password() throws IOException {
    write("commands = { \"a.sql\" = \"dump --password=s3cret\" }\n");
    assertThat(shell.mailkeep("run", "--dry-run").out())
        .contains("--command=")
        .doesNotContain("s3cret");
  }

  @Test
  void a_file_that_everybody_can_write_to_runs_nothing() throws IOException {
    assertThat(shell.mailkeep("init").exit()).isZero();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Shell.Outcome run = shell.mailkeep("run");
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("Everybody can write", "chmod o-w");
    assertThat(shell.mailkeep("snapshots").out()).doesNotContain(folder.toString());
  }

  @Test
  void the_units_are_what_systemd_takes() throws Exception {
    Path units = Files.createDirectory(folder.resolve("units"));
    Path program = Path.of("/bin/true");
    write("[notify]\nmail-to = [\"root\"]\nwebhook-file = \"credential:hook\"\n");
    Shell.Outcome install =
        shell.mailkeep("install-units", "--dir", units.toString(), "--program", program.toString());
    assertThat(install.exit()).as(install.err()).isZero();
    assertThat(units.resolve("mailkeep.service"))
        .content()
        .contains(
            "ExecStart=/bin/true run --json --config=" + file,
            "LoadCredential=hook:/etc/credstore/hook",
            "ReadWritePaths=-" + folder.resolve("repo"))
        .doesNotContain("NoNewPrivileges=yes");
    assertThat(shell.mailkeep("install-units", "--cron", "--program", "/bin/true").out())
        .isEqualTo("*/5 * * * *  root  /bin/true run --quiet --config=" + file + "\n");
    assertThat(
            shell
                .mailkeep("install-units", "--cron", "--program", "/bin/true", "--every", "7m")
                .exit())
        .isEqualTo(ExitCode.USAGE);
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.exists(analyze), "systemd is not installed");
    for (String configuration : new String[] {"", "[notify]\nmail-to = [\"root\"]\n"}) {
      write(configuration);
      assertThat(
              shell
                  .mailkeep("install-units", "--dir", units.toString(), "--program", "/bin/true")
                  .exit())
          .isZero();
      Process verify =
          new ProcessBuilder(
                  analyze.toString(),
                  "verify",
                  units.resolve("mailkeep.service").toString(),
                  units.resolve("mailkeep.timer").toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(verify.waitFor()).as(said).isZero();
      assertThat(said).doesNotContain("mailkeep");
    }
  }
}
