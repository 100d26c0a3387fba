package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProgramTest {

  @TempDir Path temporary;

  private Process start(String folder) throws Exception {
    Path program = temporary.resolve("mailkeep-sleep");
    if (!Files.exists(program)) {
      Files.copy(Path.of("/bin/sleep"), program);
    }
    // Whoever runs the tests may ignore hangups (nohup), and processes would inherit that.
    return new ProcessBuilder("env", "--default-signal=HUP", program.toString(), "60")
        .directory(Files.createDirectories(temporary.resolve(folder)).toFile())
        .start();
  }

  @Test
  void of_two_processes_the_one_that_works_in_the_directory_gets_the_signal() throws Exception {
    Process meant = start("one");
    Process other = start("two");
    try (Directory one = Sandbox.open(temporary.resolve("one"))) {
      assertThat(RunningProgram.find("mailkeep-sleep", one))
          .containsExactly(new RunningProgram((int) meant.pid()));
      assertThat(RunningProgram.find("mailkeep-other", one)).isEmpty();
      RunningProgram.find("mailkeep-sleep", one).forEach(RunningProgram::hangUp);
      assertThat(meant.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(meant.exitValue()).isEqualTo(128 + 1);
      assertThat(other.isAlive()).isTrue();
      assertThat(RunningProgram.find("mailkeep-sleep", one)).isEmpty();
    } finally {
      meant.destroyForcibly();
      other.destroyForcibly();
    }
  }
}
