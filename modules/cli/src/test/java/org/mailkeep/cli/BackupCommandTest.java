package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void a_shell() {
    shell = new Shell(folder);
  }

  @Test
  void the_output_of_a_command_is_stored_and_the_command_is_not() throws IOException {
    Shell.Outcome backup =
        shell
            .with("MAILKEEP_PASSWORD", "the-password")
            .process(
                "backup", "--init", "--command", "dump=echo [$MAILKEEP_PASSWORD]; echo hi >&2");
    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(backup.err()).contains("dump: hi");
    assertThat(shell.mailkeep("cat", "latest:/.mailkeep-commands/dump").out()).isEqualTo("[]\n");
    assertThat(shell.mailkeep("snapshots", "--json").out())
        .contains("--command dump", "/.mailkeep-commands/dump")
        .doesNotContain("echo");
  }

  @Test
  void a_command_that_fails_fails_the_backup() {
    Shell.Outcome backup = shell.mailkeep("backup", "--init", "--command", "dump=exit 3");
    assertThat(backup.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(backup.err()).contains("command dump ended with status 3", "No snapshot was made");
    assertThat(shell.mailkeep("snapshots").err()).contains("No snapshots");
    assertThat(shell.mailkeep("backup", "--command", "a=true", "--command", "a=true").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("backup", "--command", "nonsense").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_dry_run_runs_no_command() {
    Path ran = folder.resolve("ran");
    Shell.Outcome dry =
        shell.mailkeep("backup", "--init", "--dry-run", "--command", "dump=touch " + ran);
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("Not run in a dry run: dump");
    assertThat(ran).doesNotExist();
  }

  @Test
  void a_backup_that_is_interrupted_ends_its_command_and_says_that_it_was_stopped()
      throws Exception {
    Path pid = folder.resolve("pid");
    Process backup =
        shell.start("backup", "--init", "--command", "dump=echo $$ > " + pid + "; exec sleep 60");
    for (int i = 0; i < 300 && !(Files.exists(pid) && Files.size(pid) > 0); i++) {
      Thread.sleep(100);
    }
    long command = Long.parseLong(Files.readString(pid).strip());
    backup.destroy();
    assertThat(backup.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(backup.exitValue()).isEqualTo(143);
    for (int i = 0; i < 50 && ProcessHandle.of(command).isPresent(); i++) {
      Thread.sleep(100);
    }
    assertThat(ProcessHandle.of(command)).isEmpty();
  }
}
