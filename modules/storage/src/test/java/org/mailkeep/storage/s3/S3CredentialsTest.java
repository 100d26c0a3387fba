package org.mailkeep.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.KeyException;

class S3CredentialsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_ACCESS_KEY_ID", "from-env", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve(".aws/credentials");
    Files.createDirectories(folder.resolve(".aws"));
    Files.writeString(
        file,
        "# mine\n[default]\naws_access_key_id=one\naws_secret_access_key = s1=+/\n\n"
            + "[ other ]\n  aws_access_key_id = two\n; no\naws_secret_access_key=s2\n"
            + "aws_session_token=t2\n[half]\naws_access_key_id = three\n");
  }

  private S3Settings settings(Optional<Path> named, Optional<String> profile) {
    S3Settings none = S3Settings.DEFAULT;
    return new S3Settings(
        none.region(),
        named,
        profile,
        false,
        none.authorities(),
        none.storageClass(),
        none.retention());
  }

  @Test
  void a_named_file_counts_more_than_the_environment() {
    S3Credentials found =
        S3Credentials.find(settings(Optional.of(file), Optional.empty()), ENVIRONMENT);
    assertThat(found).isEqualTo(new S3Credentials("one", "s1=+/", Optional.empty()));
  }

  @Test
  void the_environment_counts_more_than_the_usual_file() {
    assertThat(S3Credentials.find(S3Settings.DEFAULT, ENVIRONMENT))
        .isEqualTo(new S3Credentials("from-env", "s", Optional.of("t")));
    assertThat(S3Credentials.find(S3Settings.DEFAULT, Map.of("HOME", folder.toString())).id())
        .isEqualTo("one");
    assertThat(
            S3Credentials.find(
                    S3Settings.DEFAULT, Map.of("HOME", folder.toString(), "AWS_PROFILE", "other"))
                .token())
        .contains("t2");
  }

  @Test
  void what_is_missing_is_told() {
    assertThatThrownBy(() -> S3Credentials.find(S3Settings.DEFAULT, Map.of("HOME", "/nowhere")))
        .isInstanceOf(KeyException.class)
        .hasMessage("There are no credentials for S3");
    assertThatThrownBy(
            () -> S3Credentials.find(settings(Optional.of(file), Optional.of("none")), Map.of()))
        .hasMessageContaining("no profile [none]");
    assertThatThrownBy(
            () -> S3Credentials.find(settings(Optional.of(file), Optional.of("half")), Map.of()))
        .hasMessageContaining("lacks a key");
    assertThatThrownBy(
            () ->
                S3Credentials.find(
                    settings(Optional.of(folder.resolve("gone")), Optional.empty()), Map.of()))
        .isInstanceOf(KeyException.class);
  }

  @Test
  void secrets_are_not_shown() {
    assertThat(new S3Credentials("id", "hush", Optional.of("token")).toString())
        .contains("id")
        .doesNotContain("hush", "token");
  }
}
