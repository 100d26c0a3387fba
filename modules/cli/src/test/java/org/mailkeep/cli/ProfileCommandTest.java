package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void a_host_with_a_profile_of_its_own() throws IOException {
    Files.createDirectories(folder.resolve("host/mail/log"));
    Files.writeString(folder.resolve("host/mail/message"), "text");
    Files.writeString(folder.resolve("host/mail/log/big"), "log");
    Files.writeString(folder.resolve("host/beside"), "text");
    Files.createSymbolicLink(folder.resolve("host/link"), Path.of("mail"));
    Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(
        folder.resolve("profiles/own.toml"),
        """
        description = "our own"
        [[path]]
        path = "%s/host/li*"
        why = "because"
        without = ["log"]
        """
            .formatted(folder));
    shell = new Shell(folder).with("MAILKEEP_PROFILES", folder.resolve("profiles").toString());
  }

  @Test
  void a_backup_takes_what_its_profile_finds_and_no_more() {
    Shell.Outcome backup = shell.mailkeep("backup", "--init", "--profile", "own");
    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(backup.out())
        .contains("Profile own: " + folder + "/host/link, " + folder + "/host/mail");
    Shell.Outcome ls = shell.mailkeep("ls", "-R", "latest");
    assertThat(ls.out())
        .contains("/host/link", "/host/mail/message")
        .doesNotContain("/host/beside", "/host/mail/log");
    assertThat(shell.mailkeep("snapshots").out()).contains("profile own");
    assertThat(shell.mailkeep("snapshots", "--json").out())
        .contains("\"profiles\":[{", "\"name\":\"own\"", "\"paths\":[]", "--profile own");
  }

  @Test
  void paths_may_stand_beside_a_profile() {
    Shell.Outcome backup =
        shell.mailkeep(
            "backup", "--init", "--json", "-p", "own", folder.resolve("host/beside").toString());
    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(shell.mailkeep("ls", "-R", "latest").out()).contains("/host/beside", "/host/link");
    Shell.Outcome again =
        shell.mailkeep("backup", "--skip-if-unchanged", "-p", "own", folder + "/host/beside");
    assertThat(again.out()).contains("Nothing has changed");
  }

  @Test
  void profiles_are_listed_and_explained() {
    assertThat(shell.mailkeep("profile", "list").out())
        .contains("vpopmail")
        .containsPattern("own +2 paths  our own");
    assertThat(shell.mailkeep("profile", "show", "own").out())
        .contains("because", "without log", "* " + folder + "/host/mail", "profiles/own.toml");
    assertThat(shell.mailkeep("profile", "show", "own", "--json").out())
        .contains("\"why\":\"because\"", "\"found\":[\"" + folder + "/host/link\"");
    assertThat(shell.mailkeep("profile", "show", "qmail", "--toml").out())
        .contains("[[path]]", "/var/qmail/alias");
  }

  @Test
  void mistakes_are_told() throws IOException {
    assertThat(shell.mailkeep("backup", "--init").exit()).isEqualTo(ExitCode.USAGE);
    Shell.Outcome unknown = shell.mailkeep("backup", "--init", "--profile", "qmial");
    assertThat(unknown.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("no profile 'qmial'", "vpopmail");
    Files.delete(folder.resolve("host/link"));
    Shell.Outcome nothing = shell.mailkeep("backup", "--init", "--profile", "own");
    assertThat(nothing.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(nothing.err()).contains("'own' finds nothing");
    assertThat(folder.resolve("repo")).doesNotExist();
    Files.writeString(folder.resolve("profiles/own.toml"), "description = 'x'\nx = 1\n");
    Shell.Outcome wrong = shell.mailkeep("profile", "show", "own");
    assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("line 2, column 1", "'x' is unknown");
  }
}
