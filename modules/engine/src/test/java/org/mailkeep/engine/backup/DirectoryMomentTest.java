package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/** Whether a directory's times can tell that nothing happened in it. */
class DirectoryMomentTest {

  @TempDir Path folder;

  private FileStat stat() {
    try (Directory directory = Directory.open(RawPath.of(folder.toString()))) {
      return directory.stat();
    }
  }

  /** Of a status that was asked for so long after the last change. */
  private static DirectoryMoment after(long millis, FileStat stat) {
    long changed =
        TimeUnit.SECONDS.toMillis(stat.ctimeSeconds())
            + TimeUnit.NANOSECONDS.toMillis(stat.ctimeNanos());
    return new DirectoryMoment(stat, changed + millis);
  }

  @Test
  void a_second_change_between_two_ticks_of_the_kernel_clock_does_not_pass_for_none() {
    FileStat stat = stat();
    assertThat(after(0, stat).isUnchangedAt(after(40, stat))).isFalse();
    assertThat(after(10, stat).isUnchangedAt(after(40, stat))).isFalse();
  }

  @Test
  void a_directory_that_is_left_alone_is_unchanged() {
    FileStat stat = stat();
    assertThat(after(30, stat).isUnchangedAt(after(40, stat))).isTrue();
  }

  @Test
  void one_that_has_just_changed_is_looked_at_when_its_times_tell() throws IOException {
    Files.createFile(folder.resolve("1.a.mx:2,"));
    try (Directory directory = Directory.open(RawPath.of(folder.toString()))) {
      DirectoryMoment before = DirectoryMoment.of(directory);
      assertThat(before.isUnchangedAt(DirectoryMoment.of(directory))).isTrue();
    }
  }

  @Test
  void a_rename_is_a_change() throws Exception {
    Path message = Files.createFile(folder.resolve("1.a.mx:2,"));
    FileStat before = stat();
    Thread.sleep(30);
    Files.move(message, folder.resolve("1.a.mx:2,S"));
    assertThat(after(30, before).isUnchangedAt(after(60, stat()))).isFalse();
  }
}
