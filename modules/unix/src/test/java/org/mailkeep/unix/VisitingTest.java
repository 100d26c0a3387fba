package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;
import static org.mailkeep.unix.Sandbox.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;

/** Going through a directory without an object for each entry. */
class VisitingTest {

  private static final int FILES = 2000;

  @TempDir Path temporary;
  private Directory directory;

  @BeforeEach
  void fill() {
    directory = Sandbox.open(temporary);
    for (int i = 0; i < FILES; i++) {
      // More than one buffer of the kernel's answers.
      file(directory, name(i + "x".repeat(150 + i % 60)), "x".repeat(i % 7));
    }
    file(directory, raw('c', 'a', 'f', 0xe9), "");
    directory.makeDirectory(name("..."), 0700);
    directory.symbolicLink(new byte[] {'x'}, name("link"));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void names_come_as_they_are_listed_with_inodes_and_types() {
    List<DirectoryEntry> visited = new ArrayList<>();
    directory.forEachName(
        (bytes, length, inode, type) ->
            visited.add(new DirectoryEntry(FileName.of(bytes, 0, length), inode, type)));
    assertThat(visited).isEqualTo(directory.list()).hasSize(FILES + 3);
  }

  @Test
  void threads_that_list_one_directory_at_a_time_each_see_every_name_once() throws Exception {
    List<FileName> alone = directory.list().stream().map(DirectoryEntry::name).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<FileName>>> listings = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        listings.add(
            threads.submit(() -> directory.list().stream().map(DirectoryEntry::name).toList()));
      }
      for (Future<List<FileName>> listing : listings) {
        assertThat(listing.get(60, TimeUnit.SECONDS)).isEqualTo(alone);
      }
    }
  }

  @Test
  void each_status_is_that_of_its_name() {
    Map<FileName, FileStat> visited = new HashMap<>();
    directory.forEachStatus(
        (bytes, length, stat) -> visited.put(FileName.of(bytes, 0, length), stat));
    assertThat(visited).hasSize(FILES + 3);
    visited.forEach((name, stat) -> assertThat(directory.stat(name)).isEqualTo(stat));
    assertThat(visited)
        .hasEntrySatisfying(
            name("link"), stat -> assertThat(stat.type()).isEqualTo(FileType.SYMLINK));
  }

  @Test
  void what_is_gone_before_its_status_was_asked_for_is_told() throws IOException {
    Path few = Files.createDirectory(temporary.resolve("few"));
    List<FileName> gone = new ArrayList<>();
    List<FileName> seen = new ArrayList<>();
    try (Directory folder = Sandbox.open(few)) {
      // All of these come in one answer of the kernel's, and each takes the others away.
      for (String one : List.of("a", "b", "c")) {
        Files.createFile(few.resolve(one));
      }
      folder.forEachStatus(
          new StatusVisitor() {
            @Override
            public void visit(byte[] name, int length, FileStat stat) {
              seen.add(FileName.of(name, 0, length));
              for (String one : List.of("a", "b", "c")) {
                few.resolve(one).toFile().delete();
              }
            }

            @Override
            public void gone(byte[] name, int length, long inode) {
              assertThat(inode).isPositive();
              gone.add(FileName.of(name, 0, length));
            }
          });
    }
    assertThat(seen).hasSize(1);
    assertThat(gone).hasSize(2).doesNotContainAnyElementsOf(seen);
  }
}
