package org.mailkeep.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.error.KeyException;

/** In this package, for credentials are shown to nobody else. */
class S3CredentialsFuzzTest {

  @TempDir private static Path folder;

  static Stream<byte[]> files() {
    return Stream.of(
            "[default]\naws_access_key_id = AK\naws_secret_access_key=s/e=\n",
            "# x\n[other]\na=b\n[ default ]\r\naws_access_key_id=a\r\naws_secret_access_key=b\r\n"
                + "aws_session_token = t\r\n[]\n",
            "[default]\n=\n[")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_file_has_credentials_or_is_refused_and_the_secret_is_never_told(byte[] bytes)
      throws IOException {
    Path file = Files.write(folder.resolve("credentials"), bytes);
    try {
      S3Credentials found = S3Credentials.read(file, "default");
      if (found.id().isEmpty() || found.secret().isEmpty()) {
        throw new AssertionError("half a pair");
      }
      if (!found.id().contains(found.secret()) && found.toString().contains(" " + found.secret())) {
        throw new AssertionError("the secret is told");
      }
    } catch (KeyException refused) {
      // That is told with what the file must have.
    }
  }
}
