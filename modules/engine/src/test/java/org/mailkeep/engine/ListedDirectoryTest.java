package org.mailkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;

/** What a directory is recognised by, of few names or of many. */
class ListedDirectoryTest {

  @TempDir Path folder;

  private Directory open() {
    return Directory.open(RawPath.of(folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 9_997, 9_998, 11_000})
  void each_name_has_its_type(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.createFile(folder.resolve("file" + i));
    }
    Files.createDirectories(folder.resolve("cur/below"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("cur"));
    Files.createFile(folder.resolve("vpasswd"));
    try (Directory directory = open()) {
      ListedDirectory listed = new ListedDirectory(directory, directory.list());
      assertThat(listed.type(FileName.of("vpasswd"))).isEqualTo(EntryType.FILE);
      assertThat(listed.type(FileName.of("cur"))).isEqualTo(EntryType.DIRECTORY);
      assertThat(listed.type(FileName.of("link"))).isEqualTo(EntryType.SYMLINK);
      assertThat(listed.type(FileName.of("new"))).isNull();
      assertThat(listed.names()).hasSize(files + 3).contains(FileName.of("file0"));
      assertThat(listed.child(FileName.of("cur")))
          .hasValueSatisfying(
              child -> assertThat(child.type(FileName.of("below"))).isEqualTo(EntryType.DIRECTORY));
      assertThat(listed.child(FileName.of("link"))).isEmpty();
    }
  }

  @Test
  void an_empty_one_has_nothing() {
    try (Directory directory = open()) {
      ListedDirectory listed = new ListedDirectory(directory, directory.list());
      assertThat(listed.names()).isEmpty();
      assertThat(listed.type(FileName.of("a"))).isNull();
    }
  }
}
