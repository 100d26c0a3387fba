package org.mailkeep.engine.move;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.RecordLock;

class SharedFileTest {

  private static final RawPath SEEN = RawPath.of("/var/qmail/control/rcpthosts");

  @TempDir private Path temp;
  private Path file;
  private Directory directory;

  @BeforeEach
  void a_file() throws IOException {
    file = Files.writeString(temp.resolve("rcpthosts"), "a.example\n");
    directory = Directory.open(RawPath.of(temp.toString()));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  private FileChange add(String line) {
    return SharedFile.edit(
        directory,
        FileName.of("rcpthosts"),
        SEEN,
        before -> (new String(before, US_ASCII) + line + "\n").getBytes(US_ASCII));
  }

  @Test
  void what_another_program_writes_under_its_lock_is_not_lost() throws Exception {
    CompletableFuture<FileChange> ours;
    try (RecordLock theirs =
        RecordLock.tryExclusiveOrCreate(directory, FileName.of("rcpthosts.lock"), 0600)
            .orElseThrow()) {
      assertThat(theirs).isNotNull();
      ours = CompletableFuture.supplyAsync(() -> add("ours.example"));
      Thread.sleep(400);
      assertThat(ours).isNotDone();
      Files.writeString(file, "a.example\ntheirs.example\n");
    }
    assertThat(ours.get(20, TimeUnit.SECONDS).added()).containsExactly("ours.example");
    assertThat(file).hasContent("a.example\ntheirs.example\nours.example");
  }

  @Test
  void a_change_that_changes_nothing_takes_no_lock_and_makes_no_file() {
    FileChange change = SharedFile.edit(directory, FileName.of("missing"), SEEN, before -> before);
    assertThat(change.isNothing()).isTrue();
    assertThat(temp.resolve("missing")).doesNotExist();
    assertThat(temp.resolve("missing.lock")).doesNotExist();
  }

  @Test
  void owner_mode_and_attributes_stay_and_what_a_killed_run_left_is_overwritten()
      throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    Files.setAttribute(file, "unix:mode", 0664);
    Files.setAttribute(file, "unix:uid", 1234);
    Files.setAttribute(file, "user:note", "x".getBytes(US_ASCII));
    Files.writeString(temp.resolve("rcpthosts.mailkeep"), "half of i");
    assertThat(add("b.example").added()).containsExactly("b.example");
    assertThat(file).hasContent("a.example\nb.example");
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0664);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1234);
    assertThat((byte[]) Files.getAttribute(file, "user:note")).isEqualTo("x".getBytes(US_ASCII));
    assertThat(temp.resolve("rcpthosts.mailkeep")).doesNotExist();
  }

  @Test
  void a_link_is_not_replaced_by_a_file() throws IOException {
    Files.move(file, temp.resolve("elsewhere"));
    Files.createSymbolicLink(file, Path.of("elsewhere"));
    assertThatThrownBy(() -> add("b.example"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is a link");
    assertThat(file).isSymbolicLink();
    assertThat(temp.resolve("elsewhere")).hasContent("a.example");
  }
}
