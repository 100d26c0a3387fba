package org.mailkeep.cli.options;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.KeyException;

class KeyFilesTest {

  @Test
  void a_key_file_that_is_missing_is_told_as_missing(@TempDir Path folder) {
    Path path = folder.resolve("key");
    assertThatThrownBy(() -> KeyFiles.read(path))
        .isInstanceOf(KeyException.class)
        .hasMessage("The key file " + path + " does not exist");
  }
}
