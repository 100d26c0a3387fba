package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is in memory as a whole while it is read. */
class LargeFolderTest {

  private static final int MESSAGES = 25_000;
  private static final String SMALL = "-Xmx24m";

  /** As the launcher has it, for a heap of the size that is too small. */
  private static final String BOUND =
      "-Xms24m -Xmx256m -Dmailkeep.heap=25165824 -XX:MaxNewSize=8m -XX:MinHeapFreeRatio=10"
          + " -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps";

  @TempDir private Path temp;
  private Path source;
  private Shell shell;

  @BeforeEach
  void a_folder_with_many_messages() throws IOException {
    source = temp.resolve("source");
    Path folder = Files.createDirectories(source.resolve("Maildir/cur"));
    for (int i = 0; i < MESSAGES; i++) {
      Files.createFile(folder.resolve(1_700_000_000 + i + ".M1P1.mx.example.com:2,S"));
    }
    shell = new Shell(temp);
  }

  private Shell.Outcome backup(String memory) {
    return shell.line(
        "$(echo \"$MAILKEEP\" | sed 's/-Xmx160m/%s/') backup --init %s".formatted(memory, source));
  }

  @Test
  void too_little_memory_is_said_in_words() {
    Shell.Outcome outcome = backup(SMALL);
    assertThat(outcome.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains("the memory that Java may use is not enough")
        .contains("MAILKEEP_JAVA_OPTIONS=-Xmx2g")
        .doesNotContain("\tat ");
  }

  @Test
  void the_heap_grows_for_it() {
    Shell.Outcome outcome = backup(BOUND);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("25,000 new");
  }
}
