package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an older Mailkeep wrote is read for ever. The repository in {@code format-1} was written in
 * November 2026 and is never written anew; {@code content} has the SHA-256 of each file that its
 * newest snapshot must give back.
 */
class OldRepositoriesTest {

  @TempDir private Path folder;

  @Test
  void a_repository_of_the_first_format_opens_and_is_sound_and_restores()
      throws IOException, URISyntaxException, NoSuchAlgorithmException {
    Path old =
        Path.of(Objects.requireNonNull(OldRepositoriesTest.class.getResource("format-1")).toURI());
    Shell shell =
        new Shell(folder)
            .with("MAILKEEP_REPOSITORY", copy(old.resolve("repository")).toString())
            .with("MAILKEEP_KEY_FILE", old.resolve("key").toString());
    assertThat(shell.mailkeep("snapshots").out()).contains("c2f3feff", "f711d740", "mx1");
    Shell.Outcome check = shell.mailkeep("check", "--read-data");
    assertThat(check.exit()).as(check.out() + check.err()).isZero();
    for (String snapshot : List.of("c2f3feff", "f711d740")) {
      Shell.Outcome restore =
          shell.mailkeep(
              "restore", snapshot, "--no-owner", "--target", folder.resolve(snapshot).toString());
      assertThat(restore.exit()).as(restore.err()).isZero();
    }
    assertThat(folder.resolve("c2f3feff/tmp/fire-old/src/Maildir/new/1700000001.M1P1.mx,S=120"))
        .content()
        .endsWith("This was written by version 1.\n");
    Path restored = folder.resolve("f711d740/tmp/fire-old/src");
    List<String> content = Files.readAllLines(old.resolve("content"));
    for (String line : content) {
      assertThat(digest(restored.resolve(line.substring(66)))).isEqualTo(line.substring(0, 64));
    }
    try (Stream<Path> files = Files.walk(restored)) {
      assertThat(files.filter(Files::isRegularFile)).hasSameSizeAs(content);
    }
    assertThat(shell.mailkeep("backup", "--no-history", restored.toString()).exit()).isZero();
  }

  /** Tests do not write to what they are built from. */
  private Path copy(Path repository) throws IOException {
    Path copy = folder.resolve("repo");
    try (Stream<Path> files = Files.walk(repository)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(repository.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
