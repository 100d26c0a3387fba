package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/** System calls that fail, limits that are reached, folders that may not be read. */
class FailingCallsTest {

  private static final String WRITES =
      "pwrite64,ftruncate,fallocate,fsync,fdatasync,link,rename,mkdir,unlink";

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("calls");
  private Path repository;
  private Shell shell;
  private MailTree mail;
  private Ledger ledger;

  @BeforeEach
  void a_repository() throws IOException {
    mail = MailTree.create(temp.resolve("source"), random.nextLong(), 1, 2);
    Object _ = mail.deliver(20);
    repository = temp.resolve("repo");
    shell = new Shell(temp);
    ledger = new Ledger(mail.root());
    done(shell.mailkeep("backup", "--init", mail.root().toString()));
    ledger.settle(repository, true, List.of(), true);
  }

  private static void done(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }

  /** What comes after any failure: nothing is lost, and the next run works. */
  private void goesOn() throws IOException {
    Ledger.requireSound(shell);
    done(shell.mailkeep("backup", mail.root().toString(), "--quiet"));
    ledger.settle(repository, true, List.of(), true);
    List<String> all = ledger.snapshots();
    ledger.requireExact(shell, temp, List.of(all.get(random.nextInt(all.size()))));
  }

  @Test
  void whatever_system_call_fails_it_is_told_and_nothing_is_lost() throws IOException {
    assumeTrue(Fire.canTrace(), "needs strace, and to be let");
    Map<String, int[]> tally = new TreeMap<>();
    int rounds = Fire.rounds(30);
    for (int round = 0; round < rounds; round++) {
      Object _ = mail.live(6);
      String error = List.of("EIO", "ENOSPC", "EDQUOT").get(round % 3);
      int first = random.nextInt(1, 40);
      boolean prunes = round % 5 == 4;
      String command =
          prunes ? "prune --now --max-unused 0 --quiet" : "backup " + mail.root() + " --quiet";
      String inject =
          "exec strace --seccomp-bpf -f -qq -o /dev/null -e signal=none -e trace=%s -e inject=%s:error=%s:when=%d%s"
              .formatted(WRITES, WRITES, error, first, random.nextBoolean() ? "+" : "");
      Shell.Outcome outcome =
          shell.line("export ROCKSDB_MUSL_LIBC=false; " + inject + " $MAILKEEP " + command);
      int[] counts = tally.computeIfAbsent(error, _ -> new int[2]);
      counts[0]++;
      counts[1] += outcome.exit() == 0 ? 0 : 1;
      Clear.require(error + " " + first, outcome);
      ledger.settle(repository, !prunes, List.of(), outcome.exit() == 0);
      goesOn();
    }
    tally.forEach(
        (error, counts) ->
            Fire.figure(
                "calls",
                "%-24s %4d tried, %4d failed clearly, 0 lost",
                error,
                counts[0],
                counts[1]));
  }

  @Test
  void too_few_open_files_are_told_and_lose_nothing() throws IOException {
    assumeTrue(Fire.has("prlimit"), "needs prlimit");
    int failed = 0;
    int tried = 0;
    for (int files = 110; files <= 400; files += Math.max(1, 36 / Fire.rounds(1))) {
      Object _ = mail.live(4);
      Shell.Outcome outcome =
          shell.line(
              "exec prlimit --nofile=%d:%d $MAILKEEP backup %s --quiet"
                  .formatted(files, files, mail.root()));
      tried++;
      failed += outcome.exit() == 0 ? 0 : 1;
      if (outcome.exit() != 0 && !outcome.err().contains("mailkeep: ")) {
        // The virtual machine did not come so far.
        assertThat(outcome.err()).isNotBlank();
      } else {
        Clear.require(files + " files", outcome);
      }
      if (outcome.exit() == 3) {
        forgetNewest();
      }
      ledger.settle(repository, true, List.of(), outcome.exit() == 0);
      goesOn();
    }
    assertThat(failed).isBetween(1, tried - 1);
    Fire.figure(
        "calls", "%-24s %4d tried, %4d failed clearly, 0 lost", "few open files", tried, failed);
  }

  /** One that says that it lacks files is not compared with the source. */
  private void forgetNewest() {
    done(shell.mailkeep("forget", "--allow-last", "latest", "--quiet"));
  }

  @Test
  void folders_that_may_not_be_read_are_named_and_all_else_is_saved() throws Exception {
    assumeTrue(Fire.isRoot() && Fire.has("setpriv"), "needs root and setpriv");
    Path source = temp.resolve("closing");
    Path _ = Files.createDirectories(source.resolve("closed"));
    Files.writeString(source.resolve("open"), "open");
    Files.writeString(source.resolve("closed/inside"), "inside");
    Files.writeString(source.resolve("secret"), "secret");
    for (String closed : List.of("closed", "secret")) {
      Files.setPosixFilePermissions(
          source.resolve(closed), PosixFilePermissions.fromString("---------"));
    }
    // Root without its right to read everything: another user could not read the tests' classes.
    String as = "exec setpriv --bounding-set -dac_override,-dac_read_search $MAILKEEP ";
    Shell.Outcome backup = shell.line(as + "backup " + source);
    assertThat(backup.exit()).as(backup.err()).isEqualTo(3);
    assertThat(backup.err()).contains("closed", "secret", "Permission denied");
    Shell.Outcome cat = shell.mailkeep("cat", "latest:" + source.resolve("open"));
    assertThat(cat.out()).isEqualTo("open");
    Fire.figure("calls", "%-24s %4d tried, named, all else saved", "unreadable", 2);
  }
}
