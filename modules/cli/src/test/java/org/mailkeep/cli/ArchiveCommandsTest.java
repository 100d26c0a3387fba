package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives out and in, and what differs, as scripts meet them. */
final class ArchiveCommandsTest {

  @TempDir private Path folder;
  private Path source;
  private Shell shell;

  @BeforeEach
  void a_snapshot() throws IOException {
    source = folder.resolve("Maildir");
    Files.createDirectories(source.resolve("cur"));
    Files.createDirectory(source.resolve("new"));
    Files.createDirectory(source.resolve("tmp"));
    Files.writeString(source.resolve("cur/1.mx:2,S"), "Subject: hello\n\nFrom here\n");
    shell = new Shell(folder);
    assertThat(shell.mailkeep("backup", "--init", source.toString()).exit()).isZero();
  }

  @Test
  void what_export_writes_to_a_pipe_import_makes_the_same_snapshot_of() {
    Shell.Outcome imported =
        shell.line(
            "$MAILKEEP export latest >\"$HOME/x.tar\" && $MAILKEEP import - --tag old"
                + " <\"$HOME/x.tar\"");
    assertThat(imported.exit()).as(imported.err()).isZero();
    String id = imported.out().split(" ", -1)[1];
    assertThat(shell.mailkeep("snapshots", "--tag", "old").out()).contains(id);
    Shell.Outcome diff =
        shell.mailkeep("diff", "--exit-code", id + ":" + source, "latest:" + source);
    assertThat(diff.exit()).as(diff.out() + diff.err()).isZero();
    assertThat(diff.out()).isEmpty();
  }

  @Test
  void an_archive_never_replaces_a_file_unless_told_and_is_for_nobody_else() throws IOException {
    String file = folder.resolve("inbox.mbox").toString();
    Shell.Outcome first = shell.mailkeep("export", "latest:" + source, file);
    assertThat(first.exit()).isZero();
    assertThat(Files.readString(Path.of(file))).contains("Subject: hello\n\n>From here\n");
    assertThat(Files.getPosixFilePermissions(Path.of(file)).toString())
        .doesNotContain("GROUP", "OTHERS");
    Shell.Outcome second = shell.mailkeep("export", "latest:" + source, file);
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err()).contains("is there already", "--force");
    assertThat(shell.mailkeep("export", "latest:" + source, file, "--force").exit()).isZero();
    assertThat(shell.mailkeep("export", "latest", folder.resolve("x.rar").toString()).exit())
        .isEqualTo(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(path -> path.getFileName().toString().startsWith(".inbox"));
    }
  }

  @Test
  void a_damaged_archive_ends_with_1_and_no_snapshot() throws IOException {
    Path file = folder.resolve("a.tar");
    assertThat(shell.mailkeep("export", "latest", file.toString()).exit()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, 1024));
    Shell.Outcome outcome = shell.mailkeep("import", file.toString());
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("cannot be imported", "No snapshot was made");
    assertThat(shell.mailkeep("import", source.resolve("cur/1.mx:2,S").toString()).err())
        .contains("neither tar nor cpio");
    assertThat(shell.mailkeep("snapshots", "--json").out().lines()).hasSize(1);
  }

  @Test
  void differences_end_with_4_only_where_that_was_asked_for() throws IOException {
    assertThat(shell.mailkeep("diff", "latest", "--live", "--exit-code").exit()).isZero();
    Files.move(source.resolve("cur/1.mx:2,S"), source.resolve("cur/1.mx:2,RS"));
    Shell.Outcome plain = shell.mailkeep("diff", "latest:" + source, "--live", "--messages");
    assertThat(plain.exit()).isZero();
    assertThat(plain.out()).isEqualTo("flags   " + source + "/cur/1.mx:2,RS (S -> RS)\n");
    Shell.Outcome coded = shell.mailkeep("diff", "latest", "--live", "--exit-code", "--json");
    assertThat(coded.exit()).isEqualTo(4);
    assertThat(coded.out().lines()).allMatch(line -> line.startsWith("{\"change\":"));
    assertThat(shell.mailkeep("diff", "latest").exit()).isEqualTo(2);
  }
}
