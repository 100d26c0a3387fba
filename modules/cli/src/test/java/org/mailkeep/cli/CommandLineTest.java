package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.testkit.mail.MailTree;

/** The program as its users meet it: commands, exit codes, and what stands on the screen. */
final class CommandLineTest {

  @TempDir private Path folder;
  private Path source;
  private Shell shell;

  @BeforeEach
  void makeMail() throws IOException {
    source = folder.resolve("mail");
    var _ = MailTree.create(source, 7, 2, 3).deliver(40);
    shell = new Shell(folder);
  }

  @Test
  void the_main_job_takes_a_handful_of_commands() throws IOException {
    Shell.Outcome first = shell.mailkeep("backup", "--init", source.toString());
    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("KEEP A COPY OF THAT FILE");
    assertThat(first.out()).contains(" new, 0 changed").contains("Snapshot ");
    Path key = folder.resolve("key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    Shell.Outcome second = shell.mailkeep("backup", source.toString());
    assertThat(second.exit()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains(" 0 new, 0 changed");

    assertThat(shell.mailkeep("snapshots").out().lines()).hasSize(3);
    Path message = anyMessage();
    String at = "latest:" + message;
    assertThat(shell.mailkeep("cat", at).out())
        .isEqualTo(new String(Files.readAllBytes(message), StandardCharsets.ISO_8859_1));
    assertThat(shell.mailkeep("ls", "-lR", "latest").out()).contains(message.toString());

    Path target = folder.resolve("restored");
    assertThat(shell.mailkeep("restore", "latest", "--target", target.toString()).exit()).isZero();
    Path back = target.resolve(message.toString().substring(1));
    assertThat(back).hasSameBinaryContentAs(message);
    assertThat(Files.getLastModifiedTime(back)).isEqualTo(Files.getLastModifiedTime(message));

    Shell.Outcome again = shell.mailkeep("restore", "latest", "--target", target.toString());
    assertThat(again.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err()).contains("exist already").contains("Nothing was written");

    Shell.Outcome check = shell.mailkeep("check", "--read-data");
    assertThat(check.exit()).isZero();
    assertThat(check.out()).contains("No damage.");
    assertThat(shell.mailkeep("stats").out()).contains("Snapshots");
    assertThat(shell.mailkeep("rebuild-index").exit()).isZero();
    assertThat(shell.mailkeep("snapshots", "--json").out()).startsWith("{\"snapshots\":[{\"id\":");
  }

  @Test
  void a_password_opens_and_a_wrong_one_says_so() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "correct horse\n");
    shell.without("MAILKEEP_KEY_FILE").with("MAILKEEP_PASSWORD_FILE", file.toString());
    assertThat(shell.mailkeep("init").exit()).isZero();
    assertThat(shell.mailkeep("snapshots").exit()).isZero();
    shell.without("MAILKEEP_PASSWORD_FILE").with("MAILKEEP_PASSWORD", "battery staple");
    Shell.Outcome wrong = shell.mailkeep("snapshots");
    assertThat(wrong.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.err()).contains("The password is wrong").doesNotContain("battery");
    shell.without("MAILKEEP_PASSWORD").with("MAILKEEP_PASSWORD_COMMAND", "echo correct horse");
    assertThat(shell.mailkeep("snapshots").exit()).isZero();
    shell.without("MAILKEEP_PASSWORD_COMMAND");
    Shell.Outcome none = shell.mailkeep("snapshots");
    assertThat(none.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("needs a password or a key file");
  }

  @Test
  void a_password_file_without_end_is_refused_and_a_password_command_gets_no_password()
      throws IOException {
    shell.without("MAILKEEP_KEY_FILE");
    Shell.Outcome endless = shell.mailkeep("init", "--password-file", "/dev/zero");
    assertThat(endless.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(endless.err()).contains("The first line of /dev/zero is longer than any password");
    Path seen = folder.resolve("seen");
    Shell.Outcome init =
        shell
            .with("MAILKEEP_NEW_PASSWORD", "other-horse")
            .process("init", "--password-command", "env > " + seen + "; echo correct horse");
    assertThat(init.exit()).as(init.err()).isZero();
    assertThat(seen).content().contains("MAILKEEP_REPOSITORY=").doesNotContain("other-horse");
  }

  @Test
  void wrong_commands_are_explained_in_a_line_or_two() {
    for (List<String> wrong :
        List.of(
            List.of("bakup"),
            List.of("backup"),
            List.of("find"),
            List.of("find", "[b-a]"),
            List.of("restore", "latest"),
            List.of("restore", "latest", "--target", "/tmp/x", "--in-place"),
            List.of("restore", "latest", "--target", "/tmp/x", "--existing", "sometimes"),
            List.of("restore", "latest", "--target", "/tmp/x", "--no-owner", "--by-name"),
            List.of("restore", "latest", "--target", "/tmp/x", "--no-owner", "--map-uid", "1=2"),
            List.of("restore", "latest", "--target", "/tmp/x", "--verbose"),
            List.of("restore", "latest", "--target", "/tmp/x", "--dry-run", "--verify"),
            List.of("accounts", "script", "latest", "--system", "beos"),
            List.of("snapshots", "--repo", "ftp://nowhere"),
            List.of("backup", "--scan", "sometimes", "/tmp"),
            List.of("backup", "--jobs", "0", "/tmp"),
            List.of("check", "--jobs", "many"),
            List.of("backup", "--limit-upload", "500", "/tmp"),
            List.of("backup", "--compression", "extreme", "/tmp"))) {
      Shell.Outcome outcome = shell.mailkeep(wrong.toArray(String[]::new));
      assertThat(outcome.exit()).as("%s", wrong).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err().lines()).as("%s", wrong).hasSizeBetween(1, 4);
      assertThat(outcome.err()).startsWith("mailkeep: ").doesNotContain("Exception");
      assertThat(outcome.out()).isEmpty();
    }
    Shell.Outcome nowhere = shell.mailkeep("snapshots");
    assertThat(nowhere.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(nowhere.err()).contains("mailkeep init");
  }

  @Test
  void a_gentle_backup_gives_way_and_is_worth_as_much() throws Exception {
    byte[] noise = new byte[400_000];
    new SplittableRandom(1).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    Process process =
        shell.start(
            "backup",
            "--init",
            "--jobs=1",
            "--nice",
            "--limit-upload=128K",
            "--compression=best",
            source.toString());
    // It takes some seconds at this rate, and the priority is lowered before anything else.
    boolean gaveWay = false;
    while (!gaveWay && process.isAlive()) {
      Thread.sleep(20);
      gaveWay = niceValues(process).stream().allMatch("19"::equals);
    }
    assertThat(gaveWay).isTrue();
    Shell.Outcome outcome = shell.finish(process);
    assertThat(outcome.exit()).isZero();
    assertThat(shell.process("check", "--read-data", "--jobs", "1", "--nice").exit()).isZero();
    Path target = folder.resolve("restored");
    assertThat(shell.mailkeep("restore", "latest", "-j1", "-t", target.toString()).exit()).isZero();
    assertThat(target.resolve(source.toString().substring(1)).resolve("noise"))
        .hasBinaryContent(noise);
  }

  /** Field 19 of proc_pid_stat(5), of all threads; the second, in brackets, may hold spaces. */
  private static List<String> niceValues(Process process) throws IOException {
    List<String> values = new ArrayList<>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        values.add(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
      }
    } catch (NoSuchFileException e) {
      values.add("a thread ended meanwhile");
    }
    return values;
  }

  @Test
  void names_in_any_charset_survive_as_arguments_and_output() {
    Shell.Outcome outcome =
        shell.line(
            "cd "
                + folder
                + " && d=$(printf 'caf\\351') && mkdir \"$d\" && echo hello > \"$d/x\""
                + " && $MAILKEEP backup --init \"$d\" >/dev/null 2>&1"
                + " && $MAILKEEP ls -R latest | grep -a caf"
                + " && $MAILKEEP cat \"latest:"
                + folder
                + "/$d/x\"");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("/caf\u00e9/x\n").endsWith("hello\n");
  }

  @Test
  void names_are_found_in_all_snapshots_with_their_versions() throws IOException {
    Path note = Files.writeString(source.resolve("note"), "one");
    assertThat(shell.mailkeep("backup", "--init", source.toString()).exit()).isZero();
    Path gone = Files.move(note, source.resolve("gone"));
    assertThat(shell.mailkeep("backup", "--tag=x", source.toString()).exit()).isZero();
    Files.delete(gone);
    Files.writeString(note, "three");
    assertThat(shell.mailkeep("backup", source.toString()).exit()).isZero();

    Shell.Outcome text = shell.mailkeep("find", "note", "g?ne");
    assertThat(text.exit()).isZero();
    assertThat(text.err()).isEmpty();
    assertThat(text.out().lines()).hasSize(5);
    assertThat(text.out().lines().toList().get(0)).isEqualTo(gone.toString());
    assertThat(text.out().lines().toList().get(1)).matches(" +3  .*  in [0-9a-f]{8} \\(.*\\)");
    assertThat(shell.mailkeep("find", "-l", "--newest", "note").out().lines().toList().get(1))
        .startsWith("  -rw-");
    assertThat(shell.mailkeep("find", "--json", "note").out())
        .startsWith("{\"path\":\"" + note + "\",\"versions\":[{\"type\":\"file\",\"mode\":\"06")
        .contains("\"size\":3,", "\"size\":5,", "\"snapshots\":1,\"first\":{\"id\":\"");

    assertThat(shell.mailkeep("find", "--tag=x", "note").exit()).isEqualTo(ExitCode.FAILED);
    assertThat(shell.mailkeep("find", "--tag=x", "gone").exit()).isZero();
    assertThat(shell.mailkeep("find", "--tag=y", "gone").err()).contains("No snapshot is of");
    assertThat(shell.mailkeep("find", "--type=d", "note").out()).isEmpty();
    Shell.Outcome nothing = shell.mailkeep("find", "--snapshot=latest", "gone");
    assertThat(nothing.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(nothing.err()).isEqualTo("mailkeep: nothing was found.\n");
    Shell.Outcome quiet = shell.mailkeep("find", "-q", "nothing");
    assertThat(quiet.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(quiet.err()).isEmpty();
    assertThat(shell.mailkeep("find", "--type=x", "note").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_stopped_backup_ends_soon_and_the_next_one_goes_on() throws Exception {
    byte[] noise = new byte[20 << 20];
    new SplittableRandom(1).nextBytes(noise);
    for (int i = 0; i < 4; i++) {
      Files.write(source.resolve("noise" + i), noise);
      noise[0]++;
      noise[noise.length / 2]++;
    }
    assertThat(shell.mailkeep("init").exit()).isZero();
    Process process = shell.start("backup", source.toString());
    Path packs = folder.resolve("repo/packs");
    for (int i = 0; i < 400 && (!Files.isDirectory(packs) || isEmpty(packs)); i++) {
      Thread.sleep(20);
    }
    process.destroy();
    Shell.Outcome stopped = shell.finish(process);
    if (stopped.exit() != 0) {
      assertThat(stopped.exit()).isEqualTo(143);
      assertThat(stopped.err()).contains("stopped");
      assertThat(shell.mailkeep("snapshots").out()).isEmpty();
    }
    Shell.Outcome next = shell.mailkeep("backup", source.toString());
    assertThat(next.exit()).isZero();
    assertThat(shell.mailkeep("check", "--read-data").exit()).isZero();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private Path anyMessage() throws IOException {
    try (var files = Files.walk(source)) {
      return files.filter(f -> f.toString().contains("/new/")).findFirst().orElseThrow();
    }
  }
}
