package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetCommandTest {

  @TempDir private Path folder;
  private Path source;
  private Shell shell;

  @BeforeEach
  void files() throws IOException {
    shell = new Shell(folder);
    source = Files.createDirectory(folder.resolve("mail"));
    for (int i = 0; i < 20; i++) {
      Files.writeString(source.resolve("m" + i), "message " + i);
    }
  }

  private String backup(int code, String... options) {
    String[] command = new String[options.length + 4];
    command[0] = "backup";
    command[1] = "--init";
    command[2] = "--json";
    command[3] = source.toString();
    System.arraycopy(options, 0, command, 4, options.length);
    Shell.Outcome outcome = shell.mailkeep(command);
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(code);
    return outcome.out().replaceFirst("(?s).*\"snapshot\":\"([0-9a-f]{64})\".*", "$1");
  }

  private String done(String... arguments) {
    Shell.Outcome outcome = shell.mailkeep(arguments);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    return outcome.out();
  }

  @Test
  void rules_forget_pins_keep_and_a_dry_run_shows_why() {
    String first = backup(0);
    String second = backup(0);
    backup(0);
    assertThat(done("forget", "--pin", first.substring(0, 8))).contains("Pinned");
    assertThat(done("snapshots")).contains("(pinned)");
    String dry = done("forget", "--keep-daily", "3", "--dry-run", "-v");
    assertThat(dry)
        .contains("stays  " + first.substring(0, 8), "pinned", "daily")
        .contains("goes   " + second.substring(0, 8), "nothing was changed");
    assertThat(done("snapshots", "--json")).contains(second);
    assertThat(done("forget", "--keep-daily", "3", "--json"))
        .contains("\"forgotten\":1", "\"kept\":2", "\"reasons\":[\"pinned\"]");
    assertThat(done("snapshots", "--json")).contains(first).doesNotContain(second);

    Shell.Outcome refused = shell.mailkeep("forget", first.substring(0, 8));
    assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("has to stay: pinned", "--unpin");
    assertThat(done("forget", "--unpin", first)).contains("No longer pinned");
    assertThat(done("forget", first.substring(0, 8))).contains("Forgot 1 snapshot");
    Shell.Outcome last = shell.mailkeep("forget", "latest");
    assertThat(last.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(last.err()).contains("last of its source", "--allow-last");

    assertThat(done("prune", "--dry-run")).contains("Nothing was changed");
    assertThat(done("prune", "--now", "--json")).contains("\"undeletableObjects\":0");
    assertThat(done("check", "--read-data")).contains("No damage");
  }

  @Test
  void wrong_command_lines_change_nothing_and_say_what_is_wrong() {
    String id = backup(0);
    for (String[] wrong :
        new String[][] {
          {"forget"},
          {"forget", "--keep-last", "0"},
          {"forget", "--keep-last", "1", id},
          {"forget", "--keep-within", "soon"},
          {"forget", "--keep-last", "1", "--group-by", "moon"},
          {"forget", "--pin", "latest", "--dry-run"},
          {"forget", "--accept", "latest"},
          {"prune", "--grace", "1h"},
          {"prune", "--max-unused", "101"},
          {"backup", "--alarm", "much", source.toString()}
        }) {
      Shell.Outcome outcome = shell.mailkeep(wrong);
      assertThat(outcome.exit()).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err()).startsWith("mailkeep: ").contains("\n  ");
    }
    assertThat(done("snapshots", "--json")).contains(id);
  }

  @Test
  void a_mass_change_is_marked_and_what_was_before_it_is_kept_until_it_is_accepted()
      throws IOException {
    String good = backup(0);
    for (int i = 0; i < 10; i++) {
      Files.delete(source.resolve("m" + i));
    }
    Shell.Outcome off = shell.mailkeep("backup", "-n", "--alarm", "off", source.toString());
    assertThat(off.exit()).as(off.err()).isZero();
    Shell.Outcome warned =
        shell.mailkeep("backup", "--alarm", "20", "--alarm-files", "5", source.toString());
    assertThat(warned.exit()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(warned.err()).contains("10 of 20 files are gone", "forget --accept");
    assertThat(done("snapshots")).contains("MASS CHANGE");
    backup(0);
    assertThat(done("forget", "--keep-last", "1")).contains("Forgot 0 snapshots");
    assertThat(done("snapshots", "--json")).contains(good, "\"vanished\":10");
    String marked = warned.err().replaceFirst("(?s).*--accept ([0-9a-f]{8}).*", "$1");
    assertThat(done("forget", "--accept", marked, "--keep-last", "1")).contains("Forgot 2");
  }

  @Test
  void a_source_that_has_become_empty_is_a_mass_change_also_when_the_state_was_lost()
      throws IOException {
    backup(0);
    for (int i = 0; i < 20; i++) {
      Files.delete(source.resolve("m" + i));
    }
    shell.with("MAILKEEP_STATE_DIR", folder.resolve("new-state").toString());
    assertThat(backup(ExitCode.INCOMPLETE)).hasSize(64);
  }
}
