package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.unix.Credentials;

/** A restore as its users meet it: plan, restore, verify, and what to do next. */
final class RestoreCommandTest {

  @TempDir private Path folder;
  private Path qmail;
  private Path target;
  private Shell shell;

  @BeforeEach
  void a_snapshot() throws IOException {
    qmail = Files.createDirectories(folder.resolve("var/qmail"));
    Files.createDirectories(qmail.resolve("control"));
    Files.createDirectories(qmail.resolve("users"));
    Files.writeString(qmail.resolve("control/me"), "mx\n");
    Files.writeString(qmail.resolve("users/assign"), ".\n");
    target = folder.resolve("restored");
    shell = new Shell(folder);
    assertThat(shell.mailkeep("backup", "--init", qmail.toString()).exit()).isZero();
  }

  private Shell.Outcome restore(String... options) {
    return shell.mailkeep(
        Stream.concat(Stream.of("restore", "latest", "-t", target.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path back(String path) {
    return target.resolve(qmail.resolve(path).toString().substring(1));
  }

  @Test
  void a_dry_run_prints_sums_and_on_demand_every_path() {
    Shell.Outcome sums = restore("--dry-run");
    assertThat(sums.exit()).isZero();
    assertThat(sums.err()).isEmpty();
    assertThat(sums.out())
        .contains("  make     2 files (5 B), ", "To write: 5 B", "Users: ", "Nothing was written.")
        .doesNotContain("control/me");
    Shell.Outcome paths = restore("--dry-run", "-v");
    assertThat(paths.out())
        .contains("make     " + qmail + "/\n", "make     " + qmail + "/control/me\n");
    assertThat(target).doesNotExist();
  }

  @Test
  void a_dry_run_in_json_is_an_object_a_path_and_one_for_the_sums() {
    List<String> lines = restore("-nv", "--json").out().lines().toList();
    assertThat(lines)
        .contains(
            "{\"path\":\""
                + qmail
                + "/control/me\",\"change\":\"make\",\"type\":\"file\",\"size\":3,\"uid\":"
                + uid()
                + ",\"gid\":"
                + uid()
                + ",\"reason\":\"\"}");
    assertThat(lines.getLast())
        .startsWith("{\"snapshot\":\"")
        .contains("\"dryRun\":true,\"make\":{\"files\":2,", "\"bytesToWrite\":5,\"users\":[{");
    assertThat(restore("-n", "--json").out().lines()).hasSize(1);
  }

  private static int uid() {
    return Credentials.current().effectiveUid();
  }

  @Test
  void what_stands_in_the_way_is_named_and_the_exit_code_says_so() throws IOException {
    Files.createDirectories(back("control"));
    Files.writeString(back("control/me"), "mine");
    Shell.Outcome plan = restore("--dry-run");
    assertThat(plan.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(plan.out()).contains("blocked  " + qmail + "/control/me (it exists already)\n");
    assertThat(plan.err()).contains("would be refused: 1 file exists already");
    assertThat(restore().exit()).isEqualTo(ExitCode.FAILED);
    assertThat(back("users")).doesNotExist();
  }

  @Test
  void a_restore_ends_with_what_is_to_be_done() {
    Shell.Outcome done = restore("--verify");
    assertThat(done.exit()).isZero();
    assertThat(done.out())
        .startsWith("Restored 2 files (5 B) in ")
        .contains(
            "Read back and compared 2 files: all is as in the snapshot\n",
            "To do next, in this order, where the files are for:\n1. qmail's programs",
            "     mailkeep queue init " + qmail + "/queue\n",
            "     " + qmail + "/bin/qmail-newu\n");
    Shell.Outcome again = restore("--existing", "if-changed", "--json");
    assertThat(again.out())
        .contains("\"files\":0,", "\"existing\":2,", "\"kept\":2,", "\"nextSteps\":[]");
  }

  @Test
  void a_tree_is_brought_to_what_the_snapshot_has() throws IOException {
    assertThat(restore().exit()).isZero();
    Files.writeString(back("control/me"), "changed");
    Files.writeString(back("control/extra"), "x");
    Shell.Outcome plan = restore("--existing=if-changed", "--delete", "-nv");
    assertThat(plan.out())
        .contains(
            "replace  " + qmail + "/control/me\n",
            "keep     " + qmail + "/users/assign\n",
            "remove   " + qmail + "/control/extra (not in the snapshot)\n");
    Shell.Outcome done = restore("--existing=if-changed", "--delete", "--verify");
    assertThat(done.exit()).isZero();
    assertThat(done.out()).contains("1 left as they were", "Removed 1 ", "all is as in");
    assertThat(back("control/me")).hasContent("mx\n");
    assertThat(back("control/extra")).doesNotExist();
  }

  @Test
  void a_difference_is_named_and_the_exit_code_says_so() throws IOException {
    assertThat(restore().exit()).isZero();
    FileTime time = Files.getLastModifiedTime(back("control/me"));
    Files.writeString(back("control/me"), "my\n");
    Files.setLastModifiedTime(back("control/me"), time);
    Shell.Outcome verified = restore("--existing", "if-changed", "--verify");
    assertThat(verified.exit()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(verified.err())
        .isEqualTo("mailkeep: " + qmail + "/control/me: differs: other content from byte 1 on\n");
    assertThat(verified.out()).contains("1 difference, see the messages above");
  }
}
