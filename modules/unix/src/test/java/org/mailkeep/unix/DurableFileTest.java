package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

  @TempDir private Path folder;

  @Test
  void a_file_is_replaced_as_a_whole_and_gets_its_mode() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "something longer");
    DurableFile.write(file, new byte[] {'n', 'e', 'w'}, "rw-r-----");
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void a_link_is_replaced_and_what_it_leads_to_is_left_alone() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "other");
    Path file = Files.createSymbolicLink(folder.resolve("file"), other);
    DurableFile.write(file, new byte[] {'n'}, "rw-------");
    assertThat(other).hasContent("other");
    assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void what_cannot_get_its_name_leaves_nothing_behind() throws IOException {
    Path taken = folder.resolve("taken");
    Object _ = Files.createDirectories(taken.resolve("by/a/folder"));
    assertThatThrownBy(() -> DurableFile.write(taken, new byte[] {'n'}, "rw-------"))
        .isInstanceOf(IOException.class);
    assertThat(folder.toFile().list()).containsExactly("taken");
  }
}
