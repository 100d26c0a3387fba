package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;

/** A whole snapshot comes back as it was. */
class RestoreTest extends RestoreFixture {

  @Test
  void a_target_that_is_missing_is_made() throws IOException {
    target = temp.resolve("made/for/this");
    Restore.Report report = restore().to(target);
    isExact();
    assertThat(report.files()).isEqualTo(6);
    assertThat(report.bytes()).isEqualTo(1 + 3 + 5 + 9 + 1);
    assertThat(report.directories()).isEqualTo(3 + source.getNameCount() - 1);
    assertThat(report.problems()).isZero();
    assertThat(report.existing()).isZero();
  }

  @Test
  void a_target_may_be_reached_by_way_of_a_link() throws IOException {
    Path real = Files.createDirectory(temp.resolve("real"));
    Files.createSymbolicLink(target, real);
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void the_targets_own_metadata_stays_where_the_root_was_no_source() throws IOException {
    Files.createDirectory(target);
    Files.setAttribute(target, "unix:mode", 0711);
    Object _ = restore().to(target);
    assertThat(Files.getAttribute(target, "unix:mode")).isEqualTo(040711);
  }

  @Test
  void directories_have_their_times_when_all_is_done() throws IOException {
    for (int i = 0; i < 700; i++) {
      Path folder = Files.createDirectories(source.resolve("many/d" + i));
      Files.writeString(folder.resolve("x"), "x");
      Files.createLink(folder.resolve("hard"), source.resolve("a"));
      Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(1_000_000 + i)));
    }
    Files.setLastModifiedTime(source.resolve("many"), FileTime.from(Instant.EPOCH));
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void files_larger_than_a_window_come_back() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[30 << 20];
    for (int i = 0; i < 3; i++) {
      random.nextBytes(noise);
      Files.write(source.resolve("large" + i), noise);
    }
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void what_a_folder_would_bequeath_is_not_added_to_what_is_restored() throws IOException {
    Files.createDirectory(target);
    byte[] acl = {
      2,
      0,
      0,
      0, //
      1,
      0,
      7,
      0,
      -1,
      -1,
      -1,
      -1, // user::rwx
      2,
      0,
      7,
      0,
      89,
      0,
      0,
      0, // user:89:rwx
      4,
      0,
      5,
      0,
      -1,
      -1,
      -1,
      -1, // group::r-x
      16,
      0,
      7,
      0,
      -1,
      -1,
      -1,
      -1, // mask::rwx
      32,
      0,
      5,
      0,
      -1,
      -1,
      -1,
      -1 // other::r-x
    };
    try (Directory directory = Directory.open(RawPath.of(target.toString()))) {
      directory.setAttribute("system.posix_acl_default".getBytes(UTF_8), acl);
    } catch (SystemCallException e) {
      assumeTrue(false, e.getMessage());
    }
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void a_stopped_restore_leaves_whole_files_and_no_temporary_names() throws IOException {
    for (int i = 0; i < 400; i++) {
      Files.writeString(source.resolve("f" + i), "content " + i);
    }
    Cancellation stop = new Cancellation();
    AtomicInteger left = new AtomicInteger(50);
    RestoreRun restore =
        restore()
            .stoppedBy(stop)
            .onRestored(
                () -> {
                  if (left.decrementAndGet() == 0) {
                    stop.request();
                  }
                });
    assertThatThrownBy(() -> restore.to(target))
        .isInstanceOf(Cancellation.CancelledException.class);
    Map<String, String> whole = TreeImage.of(source);
    Map<String, String> some = new TreeMap<>(TreeImage.of(back()));
    assertThat(some).hasSizeBetween(20, 100);
    some.entrySet().removeIf(entry -> entry.getValue().startsWith("directory"));
    assertThat(whole).containsAllEntriesOf(some);
  }
}
