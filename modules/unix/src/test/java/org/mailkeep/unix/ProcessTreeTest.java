package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {

  private static final File NULL = new File("/dev/null");

  @TempDir private Path temporary;

  /** A name that no other process has. */
  private String program() throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), temporary.resolve("mailkeep-child"));
    return program.toString();
  }

  private static long running(String program) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(program::equals).isPresent())
        .count();
  }

  @Test
  void whenever_it_is_killed_nothing_that_it_started_is_left() throws Exception {
    String program = program();
    for (int round = 0; round < 40; round++) {
      Process process =
          new ProcessBuilder(
                  "/bin/sh", "-c", "for i in 1 2 3 4 5 6 7 8; do " + program + " 60 & done; wait")
              .redirectOutput(NULL)
              .start();
      TimeUnit.MICROSECONDS.sleep(200L * round);
      ProcessTree.kill(process.toHandle());
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 50 && running(program) > 0; i++) {
        Thread.sleep(20);
      }
      assertThat(running(program)).as("after round " + round).isZero();
    }
  }
}
