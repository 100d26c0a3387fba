package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailkeep.unix.Sandbox.assumeRoot;
import static org.mailkeep.unix.Sandbox.content;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

class MetadataTest {

  @TempDir Path temporary;
  private Directory directory;
  private FileName file;

  @BeforeEach
  void open() {
    directory = Sandbox.open(temporary);
    file = file(directory, "file");
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void the_jdk_sees_the_same_status() throws IOException {
    Map<String, Object> jdk =
        Files.readAttributes(temporary.resolve("file"), "unix:mode,uid,gid,size,dev,ino,nlink");
    FileStat stat = directory.stat(file);
    assertThat(stat.type()).isEqualTo(FileType.REGULAR);
    assertThat(stat.type().modeBits() | stat.mode()).isEqualTo(jdk.get("mode"));
    assertThat(stat.uid()).isEqualTo(jdk.get("uid"));
    assertThat(stat.gid()).isEqualTo(jdk.get("gid"));
    assertThat(stat.size()).isEqualTo(jdk.get("size")).isEqualTo(4L);
    assertThat(stat.device()).isEqualTo(jdk.get("dev"));
    assertThat(stat.inode()).isEqualTo(jdk.get("ino"));
    assertThat(stat.links()).isEqualTo(jdk.get("nlink")).isEqualTo(1);
    FileTime modified = FileTime.from(stat.mtimeSeconds(), TimeUnit.SECONDS);
    assertThat(Files.getLastModifiedTime(temporary.resolve("file")).to(TimeUnit.SECONDS))
        .isEqualTo(modified.to(TimeUnit.SECONDS));
    assertThat(stat.ctimeSeconds()).isEqualTo(stat.mtimeSeconds());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0200, 0600, 04755, 02755, 01777, 06511, 07777})
  void every_mode_bit_is_kept(int mode) {
    directory.mode(file, mode);
    assertThat(directory.stat(file).mode()).isEqualTo(mode);
    directory.mode(file, 0);
    ModeChange.changePinned(directory, file, mode);
    assertThat(directory.stat(file).mode()).isEqualTo(mode);
    directory.makeDirectory(name("directory"), 0700);
    directory.mode(name("directory"), mode);
    assertThat(directory.stat(name("directory")).mode()).isEqualTo(mode);
  }

  @Test
  void owners_above_two_to_the_31_are_kept() {
    assumeRoot();
    directory.owner(file, (int) 3_000_000_000L, (int) 4_000_000_000L);
    FileStat stat = directory.stat(file);
    assertThat(Integer.toUnsignedLong(stat.uid())).isEqualTo(3_000_000_000L);
    assertThat(Integer.toUnsignedLong(stat.gid())).isEqualTo(4_000_000_000L);
    directory.owner(file, -1, 5);
    assertThat(directory.stat(file).uid()).isEqualTo(stat.uid());
    assertThat(directory.stat(file).gid()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1700000000, 1",
    "1700000000, 999999999",
    "-1, 999999999",
    "-2, 500000000",
    "-1000000000, 123456789",
    "4294967296, 7",
    "10413792000, 123456789"
  })
  void a_time_is_kept_to_the_nanosecond(long seconds, int nanos) {
    directory.modified(file, seconds, nanos);
    assertThat(directory.stat(file).mtimeSeconds()).isEqualTo(seconds);
    assertThat(directory.stat(file).mtimeNanos()).isEqualTo(nanos);
  }

  @Test
  void setting_the_modification_time_alone_leaves_the_access_time() throws IOException {
    directory.times(file, -100, 250_000_000, 1000, 1);
    directory.modified(file, 2000, 2);
    assertThat(accessMillis("file")).isEqualTo(-99_750);
    assertThat(directory.stat(file).mtimeSeconds()).isEqualTo(2000);
  }

  @Test
  void numbers_that_mean_now_or_nothing_are_no_nanoseconds() {
    int now = 0x3fffffff;
    assertThatThrownBy(() -> directory.modified(file, 1, now))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> directory.modified(file, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reading_leaves_the_access_time() throws IOException {
    directory.times(file, 1000, 0, 2000, 0);
    assertThat(content(directory, file)).isEqualTo("file");
    assertThat(accessMillis("file")).isEqualTo(1_000_000);
    directory.times(1000, 0, 2000, 0);
    assertThat(directory.list()).hasSize(1);
    assertThat(accessMillis("")).isEqualTo(1_000_000);
  }

  @Test
  void an_open_directory_has_metadata_of_its_own() {
    directory.makeDirectory(name("inner"), 0700);
    try (Directory inner = directory.openDirectory(name("inner"))) {
      inner.mode(03770);
      inner.times(1, 2, -3, 4);
      FileStat stat = inner.stat();
      assertThat(stat).isEqualTo(directory.stat(name("inner")));
      assertThat(stat.mode()).isEqualTo(03770);
      assertThat(stat.mtimeSeconds()).isEqualTo(-3);
      assertThat(stat.mtimeNanos()).isEqualTo(4);
      inner.sync();
      inner.syncFileSystem();
    }
  }

  @Test
  void a_place_where_something_is_mounted_is_told_from_others() {
    try (Directory root = Directory.open(RawPath.ROOT)) {
      assertThat(root.stat().mountRoot()).isTrue();
      assertThat(root.stat(name("proc")).mountRoot()).isTrue();
    }
    directory.makeDirectory(name("inner"), 0700);
    assertThat(directory.stat(name("inner")).mountRoot()).isFalse();
  }

  @Test
  void an_open_directory_can_change_its_owner() {
    assumeRoot();
    directory.owner(7, (int) 4_294_967_294L);
    assertThat(directory.stat().uid()).isEqualTo(7);
    assertThat(directory.stat().gid()).isEqualTo(-2);
  }

  private long accessMillis(String name) throws IOException {
    return Files.readAttributes(temporary.resolve(name), BasicFileAttributes.class)
        .lastAccessTime()
        .toMillis();
  }
}
