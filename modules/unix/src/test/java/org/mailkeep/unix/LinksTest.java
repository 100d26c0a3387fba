package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailkeep.unix.Sandbox.assumeRoot;
import static org.mailkeep.unix.Sandbox.content;
import static org.mailkeep.unix.Sandbox.failure;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.link;
import static org.mailkeep.unix.Sandbox.name;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

class LinksTest {

  @TempDir Path temporary;
  private Directory directory;
  private FileName target;
  private FileName link;
  private FileStat before;

  @BeforeEach
  void open() {
    directory = Sandbox.open(temporary);
    target = file(directory, "target");
    link = link(directory, "link", "target");
    before = directory.stat(target);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void a_link_is_seen_as_a_link() {
    FileStat stat = directory.stat(link);
    assertThat(stat.type()).isEqualTo(FileType.SYMLINK);
    assertThat(stat.size()).isEqualTo(6);
    assertThat(directory.readLink(link)).asString().isEqualTo("target");
    assertThat(failure(() -> directory.readLink(target)).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void a_target_of_the_greatest_length_comes_back_whole() {
    byte[] longest = "t/".repeat(2047).concat("t").getBytes(UTF_8);
    directory.symbolicLink(longest, name("long"));
    assertThat(directory.readLink(name("long"))).isEqualTo(longest);
    byte[] tooLong = "t".repeat(5000).getBytes(UTF_8);
    assertThat(failure(() -> directory.symbolicLink(tooLong, name("longer"))).errno())
        .isEqualTo(Errno.ENAMETOOLONG);
  }

  @Test
  void no_file_is_opened_through_a_link() {
    assertThat(failure(() -> directory.openFile(link)).errno()).isEqualTo(Errno.ELOOP);
    assertThat(failure(() -> directory.openFileIfPresent(link)).errno()).isEqualTo(Errno.ELOOP);
  }

  @Test
  void no_directory_is_opened_through_a_link_in_the_last_place() {
    directory.makeDirectory(name("real"), 0700);
    FileName alias = link(directory, "alias", "real");
    assertThat(failure(() -> directory.openDirectory(alias)).errno()).isEqualTo(Errno.ENOTDIR);
    RawPath users = directory.path().resolve(alias);
    try (Directory followed = Directory.open(users)) {
      assertThat(followed.stat().inode()).isEqualTo(directory.stat(name("real")).inode());
    }
  }

  @Test
  void no_file_is_created_through_a_dangling_link() {
    FileName dangling = link(directory, "dangling", "nowhere");
    assertThat(failure(() -> directory.createFile(dangling, 0600)).errno()).isEqualTo(Errno.EEXIST);
    assertThat(directory.statIfPresent(name("nowhere"))).isEmpty();
  }

  @Test
  void a_mode_for_a_link_changes_nothing() {
    assertThat(failure(() -> directory.mode(link, 0777)).errno()).isEqualTo(Errno.ENOTSUP);
    assertThat(failure(() -> ModeChange.changePinned(directory, link, 0777)).errno())
        .isEqualTo(Errno.ENOTSUP);
    assertThat(directory.stat(target)).isEqualTo(before);
  }

  @Test
  void an_owner_for_a_link_is_the_links_own() {
    assumeRoot();
    directory.owner(link, 89, 90);
    assertThat(directory.stat(link).uid()).isEqualTo(89);
    assertThat(directory.stat(link).gid()).isEqualTo(90);
    assertThat(directory.stat(target)).isEqualTo(before);
  }

  @Test
  void times_for_a_link_are_the_links_own_to_the_nanosecond() {
    directory.times(link, 5, 6, 1_700_000_000L, 123_456_789);
    FileStat stat = directory.stat(link);
    assertThat(stat.mtimeSeconds()).isEqualTo(1_700_000_000L);
    assertThat(stat.mtimeNanos()).isEqualTo(123_456_789);
    assertThat(directory.stat(target)).isEqualTo(before);
  }

  @Test
  void a_hard_link_to_a_link_is_that_link() {
    directory.hardLink(directory, link, name("second"));
    FileStat stat = directory.stat(name("second"));
    assertThat(stat.type()).isEqualTo(FileType.SYMLINK);
    assertThat(stat.inode()).isEqualTo(directory.stat(link).inode());
    assertThat(stat.links()).isEqualTo(2);
    assertThat(directory.stat(target).links()).isEqualTo(1);
  }

  @Test
  void renaming_and_unlinking_take_the_link() {
    directory.rename(link, directory, name("moved"));
    assertThat(directory.readLink(name("moved"))).asString().isEqualTo("target");
    directory.unlink(name("moved"));
    assertThat(content(directory, target)).isEqualTo("target");
  }
}
