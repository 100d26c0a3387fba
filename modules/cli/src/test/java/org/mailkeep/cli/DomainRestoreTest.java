package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restore --domain}; what is moved and how is tested in the engine. */
class DomainRestoreTest {

  private static final String HOME = "home/vpopmail/domains/example.com";

  @TempDir private Path folder;
  private Path old;
  private Path live;
  private Shell shell;

  @BeforeEach
  void two_servers_and_a_snapshot_of_one() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    old = folder.resolve("old");
    live = folder.resolve("live");
    write(old.resolve(HOME + "/vpasswd"), "anna:x:1:0:A:/" + HOME + "/anna:NOQUOTA\n");
    write(old.resolve(HOME + "/anna/Maildir/new/1.1.mx"), "hello\n");
    write(
        old.resolve("var/qmail/users/assign"),
        "+example.com-:example.com:8989:8989:/" + HOME + ":-::\n.\n");
    Files.setAttribute(old.resolve(HOME), "unix:uid", 8989);
    write(live.resolve("var/qmail/users/assign"), ".\n");
    write(live.resolve("var/qmail/control/rcpthosts"), "localhost\n");
    Files.createDirectories(live.resolve("home/vpopmail/domains"));
    shell = new Shell(folder);
    assertThat(shell.mailkeep("backup", "--init", old.toString()).exit()).isZero();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Shell.Outcome move(String... options) {
    List<String> arguments = new ArrayList<>(List.of("restore", "latest:" + old));
    arguments.addAll(List.of("--domain", "Example.COM", "--vpopmail-home", "/home/vpopmail"));
    arguments.addAll(List.of("--target", live.toString()));
    arguments.addAll(List.of("--map-uid", "8989=9898", "--map-gid", "8989=9898"));
    arguments.addAll(List.of(options));
    return shell.mailkeep(arguments.toArray(String[]::new));
  }

  @Test
  void the_plan_shows_each_line_and_command_and_changes_nothing() throws IOException {
    Shell.Outcome plan = move("--dry-run");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains(
            "Would move example.com: 2 files",
            "  + +example.com-:example.com:9898:9898:/home/vpopmail/domains/example.com:-::\n",
            "/var/qmail/control/rcpthosts:\n  + example.com\n",
            "  /var/qmail/bin/qmail-newu\n  /home/vpopmail/bin/vmkpasswd example.com\n",
            "  chmod -t /home/vpopmail/domains/example.com\n");
    assertThat(live.resolve(HOME)).doesNotExist();
    assertThat(live.resolve("var/qmail/users/assign")).hasContent(".\n");
    assertThat(move("--dry-run", "--json").out())
        .startsWith("{\"snapshot\":")
        .contains("\"dryRun\":true", "\"domain\":\"example.com\"", "\"next\":[\"/var/qmail/bin/");
  }

  @Test
  void a_move_says_what_it_did_and_that_mail_waits() throws IOException {
    Shell.Outcome moved = move();
    assertThat(moved.exit()).as(moved.err()).isZero();
    assertThat(moved.out()).contains("Moved example.com", "waits in the queue until these are run");
    assertThat(live.resolve(HOME + "/anna/Maildir/new/1.1.mx")).hasContent("hello");
    assertThat(Files.getAttribute(live.resolve(HOME), "unix:uid")).isEqualTo(9898);
    Shell.Outcome again = move("--json");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("\"changes\":[]", "\"files\":0", "\"released\":false");
    assertThat(move("--quiet").out()).isEmpty();
  }

  @Test
  void wrong_usage_is_told() {
    assertThat(move("--include", "x").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(move("--no-owner").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(move("--finish").err()).contains("is another root");
    assertThat(move("--qmail-home", "var/qmail").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(move("--domain", "../x").err()).contains("not the name of a domain");
    Shell.Outcome alone = shell.mailkeep("restore", "latest", "--in-place", "--finish");
    assertThat(alone.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(alone.err()).contains("--domain example.com");
  }
}
