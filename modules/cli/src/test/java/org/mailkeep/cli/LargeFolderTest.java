package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory that a backup takes does not depend on how many messages a folder has. */
class LargeFolderTest {

  private static final int MESSAGES = 40_000;

  /** Half of what the messages would take as objects, in MiB. */
  private static final int SMALL = 26;

  private static final int TOO_SMALL = 7;

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

  private Shell.Outcome backup(int heap) {
    return shell.withHeap(heap).process("backup", "--init", source.toString());
  }

  @Test
  void too_little_memory_is_said_in_words() {
    Shell.Outcome outcome = backup(TOO_SMALL);
    assertThat(outcome.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains("the memory that Java may use is not enough")
        .contains("MAILKEEP_JAVA_OPTIONS=-Xmx1g")
        .doesNotContain("\tat ");
  }

  @Test
  @Tag("slow")
  void forty_thousand_messages_take_what_a_few_thousand_take() {
    Shell.Outcome outcome = backup(SMALL);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("40,000 new");
  }
}
