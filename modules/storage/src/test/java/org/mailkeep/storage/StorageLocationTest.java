package org.mailkeep.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

class StorageLocationTest {

  @ParameterizedTest
  @CsvSource({
    "/srv/backup, /srv/backup",
    "/srv/my backup%20x, /srv/my backup%20x",
    "/srv/a:b, /srv/a:b",
    "file:///srv/backup, /srv/backup",
    "file:///srv/my%20backup, /srv/my backup",
  })
  void a_local_folder(String text, Path root) {
    assertThat(StorageLocation.parse(text)).isEqualTo(new StorageLocation.LocalFolder(root));
    assertThat(StorageLocation.parse(text)).hasToString(root.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "./a:b", "../x", "."})
  void a_relative_path_begins_at_the_current_folder(String text) {
    assertThat(StorageLocation.parse(text))
        .isEqualTo(new StorageLocation.LocalFolder(Path.of("").toAbsolutePath().resolve(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:backup", "file://host/srv", "file:///a b", "/a\u0000b"})
  void nonsense_is_a_usage_error(String text) {
    assertThatThrownBy(() -> StorageLocation.parse(text)).isInstanceOf(UsageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "host:/srv", "C:\\backup"})
  void an_unknown_scheme_is_a_usage_error_that_says_how_to_write_it(String text) {
    assertThatThrownBy(() -> StorageLocation.parse(text))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.advice()).contains("file:///path", "./a:b"))
        .hasMessageStartingWith("Unknown kind of storage '" + text.split(":", -1)[0] + ":'");
  }

  @Test
  void a_storage_is_created_and_opened(@TempDir Path temp) {
    StorageLocation location = StorageLocation.parse(temp + "/new");
    ObjectName name = ObjectName.of("keys/1");
    try (Storage storage = location.create()) {
      storage.put(name, ObjectContent.of("x".getBytes(UTF_8)));
    }
    try (Storage storage = location.open()) {
      assertThat(storage.size(name)).hasValue(1);
    }
  }

  @Test
  void a_path_of_any_bytes(@TempDir Path temp) {
    String text = RawText.decode(new byte[] {'/', 'c', 'a', 'f', (byte) 0xe9});
    StorageLocation.parse(temp + text).create().close();
    assertThat(temp.toFile().list()).hasSize(1);
    assertThat(Files.exists(Path.of(URI.create("file://" + temp + "/caf%E9")))).isTrue();
  }
}
