package org.mailkeep.storage.location;

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
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

class StorageLocationTest {

  private static StorageLocation parse(String text) {
    return StorageLocation.parse(
        text,
        () -> {
          throw new AssertionError("only opening needs settings");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/backup, /srv/backup",
    "/srv/my backup%20x, /srv/my backup%20x",
    "/srv/a:b, /srv/a:b",
    "file:///srv/backup, /srv/backup",
    "file:///srv/my%20backup, /srv/my backup",
  })
  void a_local_folder(String text, Path root) {
    assertThat(parse(text)).isEqualTo(new StorageLocation.LocalFolder(root));
    assertThat(parse(text)).hasToString(root.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "./a:b", "../x", "."})
  void a_relative_path_begins_at_the_current_folder(String text) {
    assertThat(parse(text))
        .isEqualTo(new StorageLocation.LocalFolder(Path.of("").toAbsolutePath().resolve(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:backup", "file://host/srv", "file:///a b", "/a\u0000b"})
  void nonsense_is_a_usage_error(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(UsageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "host:/srv", "sftp2://a/b", "C:\\backup"})
  void an_unknown_scheme_is_a_usage_error_that_says_how_to_write_it(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.advice()).contains("sftp://", "s3://", "./a:b"))
        .hasMessageStartingWith("Unknown kind of storage '" + text.split(":", -1)[0] + ":'");
  }

  @ParameterizedTest
  @CsvSource({
    "sftp://anna@host.example/srv/backup, sftp://anna@host.example/srv/backup",
    "sftp://host:2222/srv/backup/, sftp://host:2222/srv/backup",
    "sftp://anna@[::1]:2222/srv, sftp://anna@[::1]:2222/srv",
    "sftp://anna@host/~/backup, sftp://anna@host/~/backup",
    "anna@host:backup/mail, sftp://anna@host/~/backup/mail",
    "anna@host:/backup, sftp://anna@host/backup",
    "s3://bucket, s3://bucket",
    "s3://bucket/some/prefix/, s3://bucket/some/prefix",
    "s3:https://minio.example:9000/bucket, s3:https://minio.example:9000/bucket",
    "s3:http://127.0.0.1:9000/bucket/a.b_c, s3:http://127.0.0.1:9000/bucket/a.b_c",
  })
  void a_place_on_another_machine(String text, String shown) {
    assertThat(parse(text)).hasToString(shown);
    assertThat(parse(shown)).isEqualTo(parse(shown)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sftp://anna:secret@host/srv",
        "sftp:host/srv",
        "sftp://host",
        "sftp://host/",
        "sftp://host/srv?x=secret",
        "s3://",
        "s3:bucket",
        "s3://bucket/../x",
        "s3://bucket/a//b",
        "s3:https://id:secret@host/bucket",
        "s3:https://host",
        "s3:ftp://host/bucket",
        "ftp://anna:secret@host/x",
      })
  void a_wrong_place_is_told_without_its_passwords(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.getMessage() + e.advice()).doesNotContain("secret"));
  }

  @Test
  void a_storage_is_created_and_opened(@TempDir Path temp) {
    StorageLocation location = parse(temp + "/new");
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
    parse(temp + text).create().close();
    assertThat(temp.toFile().list()).hasSize(1);
    assertThat(Files.exists(Path.of(URI.create("file://" + temp + "/caf%E9")))).isTrue();
  }
}
