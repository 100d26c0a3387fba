package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;

/** What a restore keeps beside the heap is for some files, however many there are. */
class RestoreMemoryTest {

  private static final int FILES = 48;
  private static final int FILE_SIZE = 7 << 20;

  /** As the launcher has it, in MiB. */
  private static final int HEAP = 112;

  /** All that a process with this heap may take, in KiB. All files together would be 336 MiB more. */
  private static final long MOST_KIB = 360 << 10;

  @TempDir private Path temp;

  @Test
  void a_restore_that_reads_all_back_keeps_no_more_of_it_than_one_that_does_not()
      throws IOException, InterruptedException {
    Path source = Files.createDirectory(temp.resolve("source"));
    SplittableRandom random = new SplittableRandom(1);
    byte[] content = new byte[FILE_SIZE];
    for (int i = 0; i < FILES; i++) {
      random.nextBytes(content);
      Files.write(source.resolve("file" + i), content);
    }
    Shell shell = new Shell(Files.createDirectory(temp.resolve("shell"))).withHeap(HEAP);
    long backup = mostMemory(shell, "backup", "--init", source.toString());
    long plain = mostMemory(shell, "restore", "latest", "--target", temp.resolve("a").toString());
    long verified =
        mostMemory(
            shell, "restore", "latest", "--verify", "--target", temp.resolve("b").toString());
    Fire.figure(
        "memory", "KiB: %d backup, %d restore, %d restore --verify", backup, plain, verified);
    assertThat(plain).isBetween(1L, MOST_KIB);
    assertThat(verified).isBetween(1L, MOST_KIB);
  }

  private static long mostMemory(Shell shell, String... command) throws InterruptedException {
    Process process = shell.start(command);
    long most = 0;
    while (process.isAlive()) {
      most = Math.max(most, Usage.mostMemory(process.pid()));
      Thread.sleep(20);
    }
    Shell.Outcome outcome = shell.finish(process);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return most;
  }
}
