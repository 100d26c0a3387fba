package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/**
 * One process runs commands without end, and neither its heap, nor its memory outside of it, nor
 * its open files or threads become more: what a command took, it gives back.
 */
class SoakTest {

  private static final long MIB = 1 << 20;

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("soak");
  private final List<Long> heap = new ArrayList<>();
  private final List<Long> memory = new ArrayList<>();
  private final List<Long> files = new ArrayList<>();
  private final List<Long> threads = new ArrayList<>();

  @Test
  void what_a_command_took_it_gives_back() throws Exception {
    MailTree mail = MailTree.create(temp.resolve("source"), random.nextLong(), 1, 2);
    Object _ = mail.deliver(60);
    Shell shell = new Shell(temp);
    String source = mail.root().toString();
    String mailbox = mail.mailboxes().getFirst().toString();
    Path target = temp.resolve("back");
    done(shell, "init", "--ecc", "10%");
    int rounds = Fire.rounds(40);
    int warm = rounds / 4;
    for (int round = 0; round < rounds; round++) {
      Object _ = mail.live(10);
      done(shell, "backup", source, "--quiet");
      done(shell, "restore", "latest", "--target", target.toString(), "--quiet");
      Ledger.delete(target);
      done(shell, "check", "--read-data");
      done(shell, "mailbox", "log", mailbox);
      done(shell, "find", "*:2,S");
      done(shell, "stats");
      done(shell, "forget", "--keep-last", "3", "--quiet");
      done(shell, "prune", "--now", "--max-unused", "0", "--quiet");
      if (round >= warm) {
        measure();
      }
    }
    require("heap after collection, KiB", heap, 2 * MIB / 1024);
    require("resident memory, KiB", memory, 16 * MIB / 1024);
    require("open files", files, 2);
    require("threads", threads, 2);
  }

  private static void done(Shell shell, String... command) {
    Shell.Outcome outcome = shell.mailkeep(command);
    assertThat(outcome.exit()).as("%s: %s", String.join(" ", command), outcome.err()).isZero();
  }

  private void measure() {
    System.gc();
    long self = ProcessHandle.current().pid();
    heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024);
    memory.add(Usage.memory(self));
    files.add(Usage.openFiles(self));
    threads.add((long) ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static void require(String what, List<Long> curve, long slack) {
    if (curve.size() >= 6) {
      Fire.figure("soak", "%-28s %s", what, Usage.curve(curve));
      Usage.requireFlat(what, curve, slack);
    }
  }
}
