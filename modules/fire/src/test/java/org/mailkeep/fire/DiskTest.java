package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/** Disks that fill up, turn read-only or go away while the program writes to them. */
class DiskTest {

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("disk");
  private LoopDisk disk;
  private MailTree mail;
  private String source;

  @BeforeEach
  void a_small_disk_and_some_mail() throws Exception {
    disk = LoopDisk.mount(temp, "disk", 24);
    mail = MailTree.create(temp.resolve("source"), random.nextLong(), 1, 2);
    Object _ = mail.deliver(20);
    source = mail.root().toString();
  }

  @AfterEach
  void unmount() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  private Shell shell(Path repository, Path state) {
    return new Shell(temp)
        .with("MAILKEEP_REPOSITORY", repository.toString())
        .with("MAILKEEP_STATE_DIR", state.toString());
  }

  private static void done(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }

  /** Mail and half a megabyte of noise, so that a backup meets the end at many places. */
  private void newMail() throws IOException {
    Object _ = mail.live(8);
    byte[] noise = new byte[random.nextInt(500_000)];
    random.nextBytes(noise);
    Files.write(mail.root().resolve("noise"), noise);
  }

  @Test
  void a_repository_whose_disk_is_full_at_any_stage_loses_nothing_and_goes_on_with_room()
      throws Exception {
    Path repository = disk.folder().resolve("repo");
    Shell shell = shell(repository, temp.resolve("state"));
    Ledger ledger = new Ledger(mail.root());
    done(shell.mailkeep("backup", "--init", source));
    ledger.settle(repository, true, List.of(), true);
    int failed = 0;
    int rounds = Fire.rounds(14);
    for (int round = 0; round < rounds; round++) {
      newMail();
      disk.fill(random.nextLong(1L << random.nextInt(1, 20)));
      Shell.Outcome backup = shell.mailkeep("backup", source, "--quiet");
      Clear.require("backup", backup);
      ledger.settle(repository, true, List.of(), backup.exit() == 0);
      if (backup.exit() != 0) {
        failed++;
        assertThat(backup.err()).containsAnyOf("No space left", "Make room");
      }
      Clear.require("prune", shell.mailkeep("prune", "--now", "--max-unused", "0", "--quiet"));
      ledger.settle(repository, false, List.of(), true);
      Ledger.requireSound(shell);
      ledger.requireExact(shell, temp, ledger.snapshots().subList(0, 1));
      List<String> oldest = ledger.snapshots().subList(0, 1);
      if (ledger.snapshots().size() > 3) {
        done(shell.mailkeep("forget", oldest.getFirst(), "--quiet"));
        ledger.settle(repository, false, oldest, true);
      }
      disk.free();
      done(shell.mailkeep("backup", source, "--quiet"));
      ledger.settle(repository, true, List.of(), true);
      done(shell.mailkeep("prune", "--now", "--max-unused", "0", "--quiet"));
    }
    ledger.requireAllExact(shell, temp);
    assertThat(failed).isPositive();
    Fire.figure(
        "disk", "%-24s %4d tried, %4d failed clearly, 0 lost", "repository full", rounds, failed);
  }

  @Test
  void a_host_state_whose_disk_is_full_costs_no_snapshot_and_works_with_room() throws Exception {
    Path repository = temp.resolve("repo");
    Shell shell = shell(repository, disk.folder().resolve("state"));
    Ledger ledger = new Ledger(mail.root());
    done(shell.mailkeep("backup", "--init", source));
    ledger.settle(repository, true, List.of(), true);
    int failed = 0;
    int rounds = Fire.rounds(12);
    for (int round = 0; round < rounds; round++) {
      newMail();
      disk.fill(random.nextLong(1L << random.nextInt(1, 19)));
      Shell.Outcome backup = shell.mailkeep("backup", source, "--quiet");
      Clear.require("backup", backup);
      ledger.settle(repository, true, List.of(), backup.exit() == 0);
      if (backup.exit() != 0) {
        failed++;
        assertThat(backup.err()).containsAnyOf("space", "room");
      }
      disk.free();
      done(shell.mailkeep("backup", source, "--quiet"));
      ledger.settle(repository, true, List.of(), true);
      Ledger.requireSound(shell);
    }
    ledger.requireAllExact(shell, temp);
    assertThat(failed).isPositive();
    Fire.figure(
        "disk", "%-24s %4d tried, %4d failed clearly, 0 lost", "host state full", rounds, failed);
  }

  @Test
  void a_restore_onto_a_full_disk_says_so_and_is_completed_with_room() throws Exception {
    Shell shell = shell(temp.resolve("repo"), temp.resolve("state"));
    newMail();
    done(shell.mailkeep("backup", "--init", source));
    Path target = disk.folder().resolve("target");
    int failed = 0;
    int rounds = Fire.rounds(8);
    for (int round = 0; round < rounds; round++) {
      disk.fill(random.nextLong(1L << random.nextInt(1, 20)));
      Shell.Outcome restore =
          shell.mailkeep("restore", "latest", "--target", target.toString(), "--quiet");
      Clear.require("restore", restore);
      if (restore.exit() != 0) {
        failed++;
        assertThat(restore.err()).containsAnyOf("No space left", "room");
      }
      disk.free();
      done(
          shell.mailkeep(
              "restore",
              "latest",
              "--target",
              target.toString(),
              "--existing",
              "if-changed",
              "--verify",
              "--quiet"));
      Ledger.delete(target);
    }
    assertThat(failed).isPositive();
    Fire.figure(
        "disk", "%-24s %4d tried, %4d failed clearly, 0 lost", "target full", rounds, failed);
  }

  @Test
  void a_repository_on_a_disk_that_turned_read_only_can_be_read_and_says_why_not_written()
      throws Exception {
    Path repository = disk.folder().resolve("repo");
    Shell shell = shell(repository, temp.resolve("state"));
    Ledger ledger = new Ledger(mail.root());
    done(shell.mailkeep("backup", "--init", source));
    ledger.settle(repository, true, List.of(), true);
    newMail();
    disk.remount("ro");
    int tried = 0;
    for (String command : List.of("backup " + source, "repair parity --ecc 5%", "key rotate")) {
      Shell.Outcome outcome = shell.mailkeep(command.split(" ", -1));
      assertThat(outcome.exit()).as(command).isOne();
      assertThat(outcome.err()).as(command).contains("Read-only file system");
      tried++;
    }
    String id = ledger.snapshots().getFirst();
    Shell.Outcome forget = shell.mailkeep("forget", "--allow-last", id);
    Clear.require("forget", forget);
    assertThat(forget.exit()).isOne();
    for (String command : List.of("snapshots", "ls latest", "stats", "find *", "status")) {
      done(shell.mailkeep(command.split(" ", -1)));
      tried++;
    }
    ledger.settle(repository, false, List.of(), true);
    Ledger.requireSound(shell);
    ledger.requireAllExact(shell, temp);
    disk.remount("rw");
    done(shell.mailkeep("backup", source));
    Fire.figure("disk", "%-24s %4d commands tried, 0 lost", "read-only", tried + 1);
  }

  /** A real file system whose power is cut: what the kernel had not written is gone. */
  @Test
  void ext4_that_is_cut_off_at_any_moment_has_all_that_was_acknowledged() throws Exception {
    Path repository = disk.folder().resolve("repo");
    Shell shell = shell(repository, disk.folder().resolve("state"));
    Ledger ledger = new Ledger(mail.root());
    done(shell.mailkeep("backup", "--init", source));
    ledger.settle(repository, true, List.of(), true);
    int failed = 0;
    int rounds = Fire.rounds(25);
    long longest = 2_500;
    for (int round = 0; round < rounds; round++) {
      newMail();
      boolean prunes = round % 4 == 3;
      Process process =
          prunes
              ? shell.start("prune", "--now", "--max-unused", "0", "--quiet")
              : shell.start("backup", source, "--quiet");
      // One round in five: it ends, and the power goes the moment after.
      long moment = round % 5 == 4 ? 60_000 : random.nextLong(longest / 4, longest);
      boolean isDone = process.waitFor(moment, TimeUnit.MILLISECONDS);
      disk.pullCable();
      Shell.Outcome outcome = shell.finish(process);
      isDone &= outcome.exit() == 0;
      longest = isDone ? longest * 5 / 6 : longest + longest / 12;
      failed += isDone ? 0 : 1;
      Clear.require("cut off", outcome);
      disk.plugIn();
      ledger.settle(repository, !prunes, List.of(), isDone);
      Ledger.requireSound(shell);
      done(shell.mailkeep("backup", source, "--quiet"));
      ledger.settle(repository, true, List.of(), true);
      ledger.requireExact(shell, temp, List.of(ledger.snapshots().getLast()));
      List<String> oldest = ledger.snapshots().subList(0, 1);
      if (ledger.snapshots().size() > 5) {
        done(shell.mailkeep("forget", oldest.getFirst(), "--quiet"));
        ledger.settle(repository, false, oldest, true);
        done(shell.mailkeep("prune", "--now", "--quiet"));
      }
    }
    Ledger.requireSound(shell);
    ledger.requireAllExact(shell, temp);
    Fire.figure("power", "%-24s %4d cuts, %4d of running commands, 0 lost", "ext4", rounds, failed);
  }
}
