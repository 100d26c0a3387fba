package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailkeep.unix.Sandbox.name;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/** What reading leaves in the page cache. Residency is asked by way of mincore(2). */
class PageCacheTest {

  private static final int PAGE = 4096;
  private static final int LARGE = 3 << 20;
  private static final FileName FILE = FileName.of("file");

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

  /** Writes a file whose pages are clean, so that they can be dropped, and resident. */
  private byte[] write(Directory in, int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    try (Output output = in.createFile(FILE, 0600)) {
      output.write(bytes, 0, size);
      output.sync();
    }
    return bytes;
  }

  private void evict() throws IOException {
    try (Input input = directory.openFile(FILE)) {
      input.willNotNeed();
    }
    assumeTrue(!isResident(0, 1), "the file system keeps its pages");
    try (Input input = directory.openFile(FILE)) {
      long cached = PageCache.cached(CallFrame.current(), input.descriptor(), 0, 1);
      assumeTrue(cached != PageCache.UNKNOWN, "the kernel does not tell what is cached");
    }
  }

  private boolean isResident(long from, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary.resolve("file"))) {
      return channel.map(MapMode.READ_ONLY, from, size).isLoaded();
    }
  }

  private static byte[] readAndLeave(Directory in, int step) {
    byte[] bytes = new byte[LARGE + PAGE];
    int length = 0;
    try (Input input = in.openFile(FILE)) {
      for (int n = 0;
          n >= 0;
          n = input.read(bytes, length, Math.min(step, bytes.length - length))) {
        length += n;
      }
      input.leaveCacheAsFound();
    }
    return Arrays.copyOf(bytes, length);
  }

  @Test
  void a_file_that_was_not_cached_is_not_cached_after_reading_it() throws IOException {
    for (int size : new int[] {100, PAGE, 70_000, LARGE}) {
      byte[] bytes = write(directory, size);
      evict();
      assertThat(readAndLeave(directory, 64 << 10)).isEqualTo(bytes);
      assertThat(isResident(0, 1)).as("%s bytes", size).isFalse();
      assertThat(isResident(size - 1L, 1)).as("%s bytes", size).isFalse();
      directory.unlink(FILE);
    }
  }

  @Test
  void a_file_that_was_cached_stays_cached() throws IOException {
    for (int size : new int[] {100, PAGE, 70_000, LARGE}) {
      byte[] bytes = write(directory, size);
      assumeTrue(isResident(0, size), "the file system keeps no pages");
      assertThat(readAndLeave(directory, 64 << 10)).isEqualTo(bytes);
      assertThat(isResident(0, size)).as("%s bytes", size).isTrue();
      directory.unlink(FILE);
    }
  }

  @Test
  void what_is_cached_can_be_read_without_waiting() {
    byte[] bytes = write(directory, 70_000);
    try (Input input = directory.openFile(FILE)) {
      CallFrame frame = CallFrame.current();
      int count = PageCache.read(frame, input.descriptor(), 5, CallFrame.BUFFER_SIZE);
      assumeTrue(count >= 0, "the file system cannot tell");
      assertThat(frame.buffer().asSlice(0, count).toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(Arrays.copyOfRange(bytes, 5, 5 + count));
    }
  }

  @Test
  void of_a_file_whose_beginning_was_cached_the_beginning_stays() throws IOException {
    byte[] bytes = write(directory, LARGE);
    evict();
    try (Input input = directory.openFile(FILE)) {
      assertThat(input.read(new byte[PAGE], 0, PAGE)).isEqualTo(PAGE);
    }
    assumeTrue(isResident(0, PAGE) && !isResident(LARGE - PAGE, PAGE), "read ahead to the end");
    assertThat(readAndLeave(directory, 64 << 10)).isEqualTo(bytes);
    assertThat(isResident(0, PAGE)).isTrue();
    assertThat(isResident(LARGE - PAGE, PAGE)).isFalse();
  }

  @Test
  void a_file_in_memory_is_read_whole_and_stays() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "needs a tmpfs");
    Path folder = Files.createTempDirectory(memory, "mailkeep");
    try (Directory in = Sandbox.open(folder)) {
      byte[] bytes = write(in, LARGE);
      assertThat(readAndLeave(in, 100_000)).isEqualTo(bytes);
      assertThat(readAndLeave(in, 100_000)).isEqualTo(bytes);
      in.unlink(FILE);
    } finally {
      Files.delete(folder);
    }
  }

  @Test
  void files_of_the_kernel_are_read_too_though_they_are_never_cached() {
    try (Directory proc = Directory.open(RawPath.of("/proc/self"));
        Input input = proc.openFile(name("status"))) {
      byte[] bytes = new byte[LARGE];
      int length = input.read(bytes, 0, LARGE);
      assertThat(new String(bytes, 0, length, US_ASCII)).startsWith("Name:");
      input.leaveCacheAsFound();
    }
  }

  @Test
  void a_file_that_grew_after_it_was_opened_is_read_to_its_new_end() throws IOException {
    write(directory, 10);
    try (Input input = directory.openFile(FILE)) {
      Files.writeString(temporary.resolve("file"), "more", StandardOpenOption.APPEND);
      byte[] bytes = new byte[100];
      assertThat(input.read(bytes, 0, 100)).isEqualTo(14);
      assertThat(input.read(bytes, 0, 100)).isEqualTo(-1);
    }
  }
}
