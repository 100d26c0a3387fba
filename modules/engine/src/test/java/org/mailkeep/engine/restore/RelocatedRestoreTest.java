package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.RefusedException;

/** The entries of one directory of a snapshot, restored into a directory of another path. */
class RelocatedRestoreTest {

  @TempDir Path temp;
  private Path source;
  private Path target;
  private TestRepository repository;
  private RestoreRun restore;

  @BeforeEach
  void a_snapshot() throws IOException {
    source = temp.resolve("source");
    Files.createDirectories(source.resolve("deep/below/sub"));
    Files.createDirectories(source.resolve("deep/beside"));
    Files.writeString(source.resolve("deep/below/a"), "a");
    Files.createLink(source.resolve("deep/below/sub/same"), source.resolve("deep/below/a"));
    Files.writeString(source.resolve("deep/beside/b"), "b");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    restore = repository.restore(repository.backup(source).snapshot());
    target = Files.createDirectory(temp.resolve("target"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void they_stand_directly_in_the_target_with_their_hard_links_and_nothing_else_does()
      throws IOException {
    Files.setAttribute(target, "unix:mode", 01711);
    Restore.Report report = restore.base(source.resolve("deep/below")).to(target);
    assertThat(report.problems()).isZero();
    assertThat(report.files()).isEqualTo(2);
    assertThat(withoutRoot(target)).isEqualTo(withoutRoot(source.resolve("deep/below")));
    assertThat(Files.getAttribute(target, "unix:mode")).as("its own mode").isEqualTo(041711);
  }

  private static Map<String, String> withoutRoot(Path root) {
    Map<String, String> image = TreeImage.of(root);
    image.remove(".");
    return image;
  }

  @Test
  void a_file_that_is_there_is_refused_and_nothing_is_written() throws IOException {
    Files.writeString(target.resolve("a"), "mine");
    RestoreRun below = restore.base(source.resolve("deep/below"));
    assertThat(below.dryRunTo(target).of(Change.BLOCKED).files()).isEqualTo(1);
    assertThatThrownBy(() -> below.to(target)).isInstanceOf(RefusedException.class);
    assertThat(withoutRoot(target)).containsOnlyKeys("a");
    assertThat(below.skip().to(target).kept()).isEqualTo(1);
    assertThat(target.resolve("a")).hasContent("mine");
  }
}
