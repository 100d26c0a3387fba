package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailkeep.unix.Sandbox.content;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;

class ContentTest {

  private static final int MEBIBYTE = 1 << 20;

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
  void content_larger_than_the_buffer_is_written_and_read_whole() throws Exception {
    byte[] bytes = new byte[MEBIBYTE + 12345];
    new Random(1).nextBytes(bytes);
    try (Output output = directory.createFile(name("large"), 0600)) {
      output.write(bytes, 0, 1000);
      output.write(bytes, 1000, bytes.length - 1000);
      output.sync();
    }
    assertThat(Files.readAllBytes(temporary.resolve("large"))).isEqualTo(bytes);
    byte[] read = new byte[bytes.length + 10];
    try (Input input = directory.openFile(name("large"))) {
      input.sequential();
      int length = 0;
      for (int n = 0; n >= 0; n = input.read(read, length, read.length - length)) {
        length += n;
      }
      input.willNotNeed();
      assertThat(length).isEqualTo(bytes.length);
    }
    assertThat(read).startsWith(bytes);
  }

  @Test
  void what_is_appended_comes_after_what_others_have_appended_meanwhile() throws Exception {
    Path log = Files.writeString(temporary.resolve("log"), "a\n");
    try (Output output = directory.appendFileIfPresent(name("log")).orElseThrow()) {
      Files.writeString(log, "b\n", StandardOpenOption.APPEND);
      output.write("c\n".getBytes(UTF_8), 0, 2);
      Files.writeString(log, "d\n", StandardOpenOption.APPEND);
      output.write("e\n".getBytes(UTF_8), 0, 2);
    }
    assertThat(log).hasContent("a\nb\nc\nd\ne");
  }

  @Test
  void only_a_regular_file_that_is_there_can_be_appended_to() throws Exception {
    Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("log"));
    Files.writeString(temporary.resolve("log"), "");
    directory.makeNode(name("pipe"), FileType.FIFO, 0600, 0, 0);
    assertThat(directory.appendFileIfPresent(name("nothing"))).isEmpty();
    assertThatThrownBy(() -> directory.appendFileIfPresent(name("link")))
        .isInstanceOf(SystemCallException.class);
    assertThatThrownBy(() -> directory.appendFileIfPresent(name("pipe")))
        .isInstanceOf(SystemCallException.class);
  }

  @Test
  void an_empty_file_is_at_its_end_at_once() {
    directory.createFile(name("empty"), 0600).close();
    try (Input input = directory.openFile(name("empty"))) {
      assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
      assertThat(input.read(new byte[1], 1, 0)).isZero();
      assertThat(input.nextData(0)).isEqualTo(-1);
    }
  }

  @Test
  void a_range_outside_the_array_is_refused() {
    FileName file = file(directory, "file");
    try (Input input = directory.openFile(file)) {
      assertThatThrownBy(() -> input.read(new byte[4], 2, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void holes_are_found_and_looking_for_them_moves_nothing() {
    byte[] block = "b".repeat(4096).getBytes(UTF_8);
    try (Output output = directory.createFile(name("sparse"), 0600)) {
      output.write(MEBIBYTE, block, 0, block.length);
      output.truncate(4L * MEBIBYTE);
    }
    try (Input input = directory.openFile(name("sparse"))) {
      assertThat(input.stat().size()).isEqualTo(4L * MEBIBYTE);
      assertThat(input.stat().blocks512()).isLessThan(64);
      assertThat(input.nextHole(0)).isZero();
      assertThat(input.nextData(0)).isEqualTo(MEBIBYTE);
      assertThat(input.nextHole(MEBIBYTE)).isEqualTo(MEBIBYTE + 4096L);
      assertThat(input.nextData(2L * MEBIBYTE)).isEqualTo(-1);
      assertThat(input.nextHole(5L * MEBIBYTE)).isEqualTo(-1);
      assertThat(input.position()).isZero();
      input.position(MEBIBYTE);
      byte[] read = new byte[4096];
      assertThat(input.read(read, 0, 4096)).isEqualTo(4096);
      assertThat(read).isEqualTo(block);
    }
  }

  @Test
  void writing_at_a_place_leaves_the_place_of_writing_on() {
    try (Output output = directory.createFile(name("file"), 0600)) {
      output.write("abc".getBytes(UTF_8), 0, 3);
      output.write(5, "X".getBytes(UTF_8), 0, 1);
      output.write("de".getBytes(UTF_8), 0, 2);
    }
    assertThat(content(directory, name("file"))).isEqualTo("abcdeX");
  }

  @Test
  void an_output_takes_metadata_before_it_is_closed() {
    try (Output output = directory.createFile(name("file"), 0600)) {
      output.mode(04711);
      output.times(1, 2, 3, 4);
      assertThat(output.stat()).isEqualTo(directory.stat(name("file")));
    }
    FileStat stat = directory.stat(name("file"));
    assertThat(stat.mode()).isEqualTo(04711);
    assertThat(stat.mtimeSeconds()).isEqualTo(3);
  }

  @Test
  void the_status_at_opening_shows_a_later_change() {
    FileName file = file(directory, "file");
    try (Input input = directory.openFile(file)) {
      directory.modified(file, 1, 1);
      assertThat(input.statAtOpen()).isNotEqualTo(input.stat());
    }
  }

  @Test
  void a_closed_node_is_closed_once_and_says_so() {
    Input input = directory.openFile(file(directory, "file"));
    input.close();
    input.close();
    assertThatThrownBy(input::stat)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(temporary + "/file is closed already");
  }
}
