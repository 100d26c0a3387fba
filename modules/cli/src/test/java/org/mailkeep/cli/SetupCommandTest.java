package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first hour of an administrator with the program. */
final class SetupCommandTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir private Path folder;
  private Path file;
  private Shell shell;

  @BeforeEach
  void a_host_without_a_configuration() throws IOException {
    file = folder.resolve("etc/mailkeep.toml");
    Files.createDirectory(folder.resolve("mail"));
    Files.writeString(folder.resolve("mail/a"), "a");
    shell =
        new Shell(folder)
            .without("MAILKEEP_REPOSITORY")
            .without("MAILKEEP_KEY_FILE")
            .with("MAILKEEP_CONFIG", file.toString());
  }

  private Shell.Outcome setup(String... more) {
    List<String> words = new ArrayList<>(List.of("setup", "--yes", "--no-units"));
    words.addAll(List.of("--repo", folder.resolve("repo").toString()));
    words.addAll(List.of("--key-file", folder.resolve("key").toString()));
    words.addAll(List.of(more));
    return shell.mailkeep(words.toArray(String[]::new));
  }

  private String mail() {
    return folder.resolve("mail").toString();
  }

  private void nothingIsThere() {
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("repo")).doesNotExist();
    assertThat(folder.resolve("key")).doesNotExist();
  }

  @Test
  void after_it_a_run_backs_up_without_any_option() throws IOException {
    Shell.Outcome setup = setup("--mail-to", "-", mail());
    assertThat(setup.exit()).as(setup.err()).isZero();
    assertThat(setup.out())
        .contains("$ mailkeep config check --config=" + file)
        .contains("$ mailkeep init --config=" + file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .contains("paths = [\"" + mail() + "\"]")
        .contains("every = \"5m\"");
    Shell.Outcome run = shell.mailkeep("run");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(shell.mailkeep("ls", "-R", "latest").out()).contains(mail() + "/a");
  }

  @Test
  void a_repository_that_is_there_is_used() throws IOException {
    assertThat(setup(mail()).exit()).isZero();
    assertThat(Files.readString(file)).contains("mail-to = [\"root\"]");
    Files.delete(file);
    Shell.Outcome again = setup(mail());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("already; it is used").doesNotContain("mailkeep init");
  }

  @Test
  void a_configuration_that_is_there_is_left_alone() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# mine\n");
    Shell.Outcome setup = setup(mail());
    assertThat(setup.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(setup.err()).contains("There is a configuration").contains("mailkeep config check");
    assertThat(file).hasContent("# mine");
    assertThat(folder.resolve("repo")).doesNotExist();
  }

  @Test
  void a_password_of_this_shell_would_not_be_there_at_night() {
    shell.with("MAILKEEP_PASSWORD", "secret");
    Shell.Outcome setup = setup(mail());
    assertThat(setup.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(setup.err()).contains("--password-file").doesNotContain("secret");
    nothingIsThere();
  }

  @Test
  void nothing_is_written_for_a_value_that_the_configuration_cannot_have() {
    Shell.Outcome often = setup("--every", "often", mail());
    assertThat(often.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(often.err()).contains("'often'").contains("source.every").contains("\"30m\"");
    assertThat(setup("--mail-to", "me <me@example.com>", mail()).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(setup("--repo", "ftp://example.com/x", mail()).exit()).isEqualTo(ExitCode.USAGE);
    nothingIsThere();
  }

  @Test
  void it_asks_nobody_where_nobody_is() {
    Shell.Outcome setup = shell.process("setup");
    assertThat(setup.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(setup.err()).contains("Nobody is there to answer").contains("--yes");
    nothingIsThere();
  }

  @Test
  void three_answers_are_enough() throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "needs script(1)");
    Shell.Outcome setup = typed(mail(), folder.resolve("repo").toString(), "-");
    assertThat(setup.exit()).as(setup.out()).isZero();
    assertThat(setup.out())
        .contains("What to back up?")
        .contains("Where to?")
        .contains("Who gets mail when something goes wrong?");
    assertThat(Files.readString(file)).contains(mail()).contains("#mail-to");
    assertThat(folder.resolve("repo/mailkeep-repository")).exists();
  }

  @Test
  void who_ends_the_questions_changes_nothing() {
    assumeTrue(Files.isExecutable(SCRIPT), "needs script(1)");
    Shell.Outcome setup = typed(mail(), "\u0004");
    assertThat(setup.exit()).as(setup.out()).isEqualTo(ExitCode.FAILED);
    assertThat(setup.out()).contains("Nothing was changed");
    nothingIsThere();
  }

  /** At a terminal, with these lines typed at it. */
  private Shell.Outcome typed(String... lines) {
    String keys = String.join("\\n", lines).replace("\u0004", "\\004");
    return shell.line(
        "printf '"
            + keys
            + "\\n' | "
            + SCRIPT
            + " -qec \"$MAILKEEP setup --no-units --key-file "
            + folder.resolve("key")
            + "\" /dev/null");
  }
}
