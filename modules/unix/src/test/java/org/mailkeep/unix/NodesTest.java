package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.mailkeep.unix.Sandbox.assumeRoot;
import static org.mailkeep.unix.Sandbox.failure;
import static org.mailkeep.unix.Sandbox.name;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;

/** A call that opens a FIFO would wait for ever, deaf to interrupts: hence the other thread. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class NodesTest {

  @TempDir Path temporary;
  private Directory directory;
  private final FileName node = name("node");

  @BeforeEach
  void open() {
    directory = Sandbox.open(temporary);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FIFO", "SOCKET"})
  void a_node_takes_all_metadata_without_being_opened(FileType type) {
    directory.makeNode(node, type, 0600, 0, 0);
    directory.mode(node, 0622);
    ModeChange.changePinned(directory, node, 0622);
    directory.times(node, 1, 2, -3, 4);
    assertThat(Sandbox.unlabelled(directory.attributes(node))).isEmpty();
    FileStat stat = directory.stat(node);
    assertThat(stat.type()).isEqualTo(type);
    assertThat(stat.mode()).isEqualTo(0622);
    assertThat(stat.mtimeSeconds()).isEqualTo(-3);
    assertThat(stat.mtimeNanos()).isEqualTo(4);
    directory.hardLink(directory, node, name("second"));
    assertThat(directory.stat(name("second")).links()).isEqualTo(2);
  }

  @Test
  void a_node_can_change_its_owner() {
    assumeRoot();
    directory.makeNode(node, FileType.FIFO, 0600, 0, 0);
    directory.owner(node, 89, 89);
    assertThat(directory.stat(node).uid()).isEqualTo(89);
  }

  @ParameterizedTest
  @EnumSource(names = {"FIFO", "SOCKET"})
  void opening_a_node_as_a_file_is_refused_at_once(FileType type) {
    directory.makeNode(node, type, 0600, 0, 0);
    SystemCallException failure = failure(() -> directory.openFile(node));
    assertThat(failure.errno()).isEqualTo(Errno.ENXIO);
    assertThat(failure).hasMessageStartingWith(temporary + "/node: N");
    assertThat(failure(() -> Flock.tryExclusive(directory, node)).errno()).isEqualTo(Errno.ENXIO);
    assertThat(failure(() -> directory.openDirectory(node)).errno()).isEqualTo(Errno.ENOTDIR);
  }

  @Test
  void a_directory_is_not_read_as_a_file() {
    directory.makeDirectory(node, 0700);
    SystemCallException failure = failure(() -> directory.openFile(node));
    assertThat(failure.errno()).isEqualTo(Errno.EISDIR);
    assertThat(failure).hasMessageEndingWith("Not a regular file but a directory (openat)");
  }

  @ParameterizedTest
  @CsvSource({
    "CHARACTER_DEVICE, 1, 3",
    "BLOCK_DEVICE, 7, 0",
    "CHARACTER_DEVICE, 4095, 1048575",
    "BLOCK_DEVICE, 259, 300"
  })
  void a_device_keeps_its_numbers(FileType type, int major, int minor) {
    try {
      directory.makeNode(node, type, 0640, major, minor);
    } catch (SystemCallException e) {
      abort("devices cannot be made here: " + e.getMessage());
    }
    FileStat stat = directory.stat(node);
    assertThat(stat.type()).isEqualTo(type);
    assertThat(stat.deviceMajor()).isEqualTo(major);
    assertThat(stat.deviceMinor()).isEqualTo(minor);
  }

  @Test
  void a_device_number_that_linux_does_not_have_is_refused() {
    SystemCallException failure =
        failure(() -> directory.makeNode(node, FileType.CHARACTER_DEVICE, 0600, 4096, 1));
    assertThat(failure.errno()).isEqualTo(Errno.EINVAL);
    assertThat(directory.list()).isEmpty();
  }
}
