package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;

class RecordLockTest {

  @TempDir Path temporary;
  private Directory directory;

  @BeforeEach
  void open() {
    directory = Sandbox.open(temporary);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void one_lock_excludes_another_until_it_is_closed() {
    FileName name = file(directory, "lock");
    RecordLock first = RecordLock.tryExclusiveOrCreate(directory, name, 0600).orElseThrow();
    assertThat(RecordLock.tryExclusiveOrCreate(directory, name, 0600)).isEmpty();
    first.close();
    first.close();
    try (RecordLock second = RecordLock.tryExclusiveOrCreate(directory, name, 0600).orElseThrow()) {
      assertThat(second).isNotNull();
    }
  }

  @Test
  void a_missing_file_is_made() {
    try (RecordLock lock =
        RecordLock.tryExclusiveOrCreate(directory, name("new"), 0600).orElseThrow()) {
      assertThat(lock).isNotNull();
    }
    assertThat(directory.stat(name("new")).mode()).isEqualTo(0600);
  }

  /** Java's own locks are those of fcntl(2), of the process: as vpopmail's. */
  @Test
  void it_excludes_locks_of_the_other_kind_and_is_excluded_by_them() throws Exception {
    FileName name = file(directory, "lock");
    try (FileChannel channel =
        FileChannel.open(temporary.resolve("lock"), StandardOpenOption.WRITE)) {
      try (RecordLock ours = RecordLock.tryExclusiveOrCreate(directory, name, 0600).orElseThrow()) {
        assertThat(ours).isNotNull();
        assertThat(channel.tryLock()).isNull();
      }
      try (FileLock theirs = channel.tryLock()) {
        assertThat(theirs).isNotNull();
        assertThat(RecordLock.tryExclusiveOrCreate(directory, name, 0600)).isEmpty();
      }
    }
  }

  @Test
  void it_survives_that_the_same_file_is_closed_elsewhere_in_the_process() throws Exception {
    FileName name = file(directory, "lock");
    try (RecordLock ours = RecordLock.tryExclusiveOrCreate(directory, name, 0600).orElseThrow()) {
      assertThat(ours).isNotNull();
      FileChannel.open(temporary.resolve("lock"), StandardOpenOption.WRITE).close();
      assertThat(RecordLock.tryExclusiveOrCreate(directory, name, 0600)).isEmpty();
    }
  }
}
