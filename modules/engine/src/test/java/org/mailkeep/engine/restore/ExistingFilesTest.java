package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.snapshot.Snapshot;

/** What becomes of files that are there already. */
class ExistingFilesTest extends RestoreFixture {

  @Test
  void files_that_exist_are_refused_before_anything_is_written() throws IOException {
    Files.createDirectories(back().resolve("b"));
    Files.writeString(back().resolve("b/c"), "mine");
    Files.writeString(back().resolve("z"), "mine");
    Map<String, String> before = TreeImage.of(target);
    RestoreRun restore = restore();
    assertThatThrownBy(() -> restore.to(target))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("2 files exist already")
        .hasMessageContaining("b/c");
    assertThat(TreeImage.of(target)).isEqualTo(before);
  }

  @Test
  void files_that_exist_are_kept_where_they_are_to_be_skipped() throws IOException {
    Files.createDirectories(back().resolve("b"));
    Files.writeString(back().resolve("b/c"), "mine");
    Files.createSymbolicLink(back().resolve("a"), Path.of("/nowhere/at/all"));
    Restore.Report report = restore().skip().to(target);
    assertThat(report.existing()).isEqualTo(2);
    assertThat(report.kept()).isEqualTo(2);
    assertThat(report.files()).isEqualTo(4);
    assertThat(report.problems()).isZero();
    assertThat(back().resolve("b/c")).hasContent("mine");
    assertThat(back().resolve("a")).isSymbolicLink();
    assertThat(back().resolve("b/d/e")).hasContent("b/d/e");
  }

  @Test
  void files_that_exist_are_replaced_and_what_is_beside_them_stays() throws IOException {
    Files.createDirectories(back().resolve("b"));
    Files.writeString(back().resolve("b/c"), "mine, and longer");
    Files.writeString(back().resolve("b/other"), "mine");
    Path outside = Files.writeString(temp.resolve("outside"), "outside");
    Files.createSymbolicLink(back().resolve("a"), outside);
    assertThat(restore().replace().to(target).problems()).isZero();
    assertThat(outside).hasContent("outside");
    assertThat(back().resolve("b/other")).hasContent("mine");
    Files.delete(back().resolve("b/other"));
    Files.setLastModifiedTime(back().resolve("b"), Files.getLastModifiedTime(source.resolve("b")));
    isExact();
  }

  @Test
  void replacing_twice_is_the_same_as_once() throws IOException {
    Files.createLink(source.resolve("b/hard"), source.resolve("a"));
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    RestoreRun restore = restore().replace();
    assertThat(restore.to(target).problems()).isZero();
    isExact();
    Restore.Report again = restore.to(target);
    assertThat(again.problems()).isZero();
    assertThat(again.existing()).isEqualTo(8);
    isExact();
  }

  @Test
  void skipping_after_an_interruption_completes() throws IOException {
    Snapshot snapshot = snapshot();
    Object _ = repository.restore(snapshot).include("d").to(target);
    assertThat(repository.restore(snapshot).skip().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void a_name_that_was_there_is_nothing_to_make_hard_links_to() throws IOException {
    Files.createLink(source.resolve("b/hard"), source.resolve("a"));
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    Files.createDirectories(back());
    Files.writeString(back().resolve("a"), "mine");
    assertThat(restore().skip().to(target).problems()).isZero();
    assertThat(back().resolve("a")).hasContent("mine");
    assertThat(back().resolve("hard")).hasContent("a");
    assertThat(Files.getAttribute(back().resolve("hard"), "unix:nlink")).isEqualTo(2);
    assertThat(Files.isSameFile(back().resolve("hard"), back().resolve("b/hard"))).isTrue();
  }

  @Test
  void a_directory_where_a_file_must_be_is_refused() throws IOException {
    Files.createDirectories(back().resolve("b/c"));
    for (RestoreRun restore : List.of(restore(), restore().replace(), restore().skip())) {
      assertThatThrownBy(() -> restore.to(target))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("b/c");
    }
    assertThat(names(back())).containsExactly("b", "b/c");
  }

  @Test
  void a_file_or_link_where_a_directory_must_be_is_refused_and_never_followed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createDirectories(back());
    Files.createSymbolicLink(back().resolve("b"), outside);
    for (RestoreRun restore :
        List.of(
            restore(),
            restore().replace(),
            restore().skip(),
            restore().include("e"),
            restore().part(source.resolve("b/d")).replace())) {
      assertThatThrownBy(() -> restore.to(target))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(source + "/b");
    }
    assertThat(outside).isEmptyDirectory();
    assertThat(names(back())).containsExactly("b");
    assertThat(restore().include("z").to(target).files()).isEqualTo(1);
    assertThat(back().resolve("z")).hasContent("z");
  }

  @Test
  void a_link_planted_while_a_restore_runs_is_not_followed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[20 << 20];
    // More than one window's content before the directory is needed.
    for (int i = 0; i < 6; i++) {
      random.nextBytes(noise);
      Files.write(source.resolve("a" + i), noise);
    }
    AtomicInteger restored = new AtomicInteger();
    RestoreRun restore = restore();
    restore.onRestored(
        () -> {
          if (restored.incrementAndGet() == 1) {
            plant(back().resolve("b"), outside);
          }
        });
    Restore.Report report = restore.to(target);
    assertThat(outside).isEmptyDirectory();
    if (Files.isSymbolicLink(back().resolve("b"))) {
      assertThat(report.problems()).isPositive();
      assertThat(restore.problems()).anyMatch(problem -> problem.startsWith(source + "/b: "));
    }
    assertThat(back().resolve("z")).as("the rest comes back").hasContent("z");
  }

  private static void plant(Path link, Path to) {
    try {
      Files.createSymbolicLink(link, to);
    } catch (IOException e) {
      // The directory was quicker.
    }
  }
}
