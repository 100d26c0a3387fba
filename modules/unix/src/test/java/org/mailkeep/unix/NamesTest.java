package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailkeep.unix.Sandbox.content;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;
import static org.mailkeep.unix.Sandbox.raw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;

class NamesTest {

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

  static Stream<FileName> odd_names() {
    return Stream.of(
        raw('c', 'a', 'f', 0xe9),
        raw('b', 'a', 'd', 0xff, 0xfe, 0x80),
        raw('a', '\n', 'b'),
        raw(1, 2, 0x7f, 0x9b),
        name("1700000000.M1P2.mail,S=4:2,FS"),
        name("grüße-\u2028-\ud83d\udce7"),
        name("-rf *"),
        name("..."),
        name("x".repeat(255)),
        name("ü".repeat(127)));
  }

  @ParameterizedTest
  @MethodSource("odd_names")
  void an_odd_name_survives_every_call(FileName odd) {
    file(directory, odd, "text");
    assertThat(listed(directory)).containsExactly(odd);
    assertThat(content(directory, odd)).isEqualTo("text");
    assertThat(directory.stat(odd).size()).isEqualTo(4);
    directory.mode(odd, 0600);
    directory.modified(odd, 1, 2);
    directory.setAttribute(odd, "user.a".getBytes(UTF_8), new byte[] {1});
    assertThat(directory.attribute(odd, "user.a".getBytes(UTF_8))).containsExactly(1);
    directory.hardLink(directory, odd, name("other"));
    directory.unlink(odd);
    directory.renameNoReplace(name("other"), directory, odd);
    assertThat(listed(directory)).containsExactly(odd);
    directory.unlink(odd);

    directory.symbolicLink(odd.bytes(), odd);
    assertThat(directory.readLink(odd)).isEqualTo(odd.bytes());
    directory.unlink(odd);

    directory.makeDirectory(odd, 0700);
    try (Directory inner = directory.openDirectory(odd)) {
      inner.makeDirectory(odd, 0700);
      RawPath path = directory.path().resolve(odd).resolve(odd);
      try (Directory byPath = Directory.open(path)) {
        assertThat(byPath.path()).isEqualTo(path);
        assertThat(byPath.stat().inode()).isEqualTo(inner.stat(odd).inode());
      }
      inner.removeDirectory(odd);
    }
    directory.removeDirectory(odd);
    assertThat(directory.list()).isEmpty();
  }

  @Test
  void what_is_no_single_name_is_refused() {
    for (String text : List.of("", ".", "..", "a/b", "/", "../x", "a\0b", "x".repeat(256))) {
      FileName bad = name(text);
      assertThatThrownBy(() -> directory.stat(bad)).isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> directory.createFile(bad, 0600))
          .isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> directory.attributes(bad)).isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> directory.rename(name("a"), directory, bad))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(directory.list()).isEmpty();
  }

  @Test
  void a_nul_byte_ends_no_path_early() {
    assertThatThrownBy(() -> Directory.open(RawPath.of("/\0/etc")))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> directory.symbolicLink(new byte[] {'a', 0}, name("l")))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void a_list_longer_than_the_buffer_is_complete_and_can_be_read_again() {
    Set<FileName> made = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      FileName name = name("n".repeat(200) + i);
      directory.createFile(name, 0600).close();
      made.add(name);
    }
    assertThat(listed(directory)).doesNotHaveDuplicates().hasSize(2000).containsAll(made);
    directory.unlink(name("n".repeat(200) + "0"));
    file(directory, "new");
    assertThat(listed(directory)).hasSize(2000).contains(name("new"));
  }

  @Test
  void a_list_tells_inode_and_type() {
    file(directory, "file");
    directory.makeDirectory(name("directory"), 0700);
    directory.symbolicLink("file".getBytes(UTF_8), name("link"));
    directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0);
    for (DirectoryEntry entry : directory.list()) {
      FileStat stat = directory.stat(entry.name());
      assertThat(entry.inode()).isEqualTo(stat.inode());
      assertThat(entry.type()).isIn(stat.type(), null);
    }
  }

  @Test
  void threads_share_a_directory() throws Exception {
    for (int i = 0; i < 100; i++) {
      file(directory, "file" + i);
    }
    List<Thread> threads = new ArrayList<>();
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (DirectoryEntry entry : directory.list()) {
                  String text = content(directory, entry.name());
                  if (!text.equals(entry.name().text())) {
                    wrong.add(text);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  private static List<FileName> listed(Directory directory) {
    return directory.list().stream().map(DirectoryEntry::name).toList();
  }
}
