package org.mailkeep.storage.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.error.KeyException;

/**
 * Who asks. Never shown: {@link #toString} gives the access key's id alone.
 *
 * @param id the access key's id, which is no secret
 * @param secret the secret access key
 * @param token the session's token, for credentials that expire
 */
record S3Credentials(String id, String secret, Optional<String> token) {

  private static final int LARGEST_FILE = 1 << 20;

  /**
   * From the file that the settings name, else the environment (AWS_ACCESS_KEY_ID and the like),
   * else the shared credentials file.
   *
   * @throws KeyException where there are none
   */
  static S3Credentials find(S3Settings settings, Map<String, String> environment) {
    String profile = settings.profile().orElse(environment.getOrDefault("AWS_PROFILE", "default"));
    if (settings.credentials().isPresent()) {
      return read(settings.credentials().get(), profile);
    }
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (!id.isEmpty() && !secret.isEmpty() && settings.profile().isEmpty()) {
      return new S3Credentials(
          id, secret, Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")));
    }
    Path shared =
        Path.of(
            environment.getOrDefault(
                "AWS_SHARED_CREDENTIALS_FILE",
                environment.getOrDefault("HOME", ".") + "/.aws/credentials"));
    if (!Files.exists(shared)) {
      throw new KeyException(
          "There are no credentials for S3",
          "Give --s3-credentials FILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
    }
    return read(shared, profile);
  }

  /** Reads a file in the form of AWS's shared credentials file. */
  static S3Credentials read(Path file, String profile) {
    Map<String, String> values = new HashMap<>();
    boolean[] found = {false};
    boolean inside = false;
    for (String line : lines(file)) {
      if (line.startsWith("[") && line.endsWith("]")) {
        inside = line.substring(1, line.length() - 1).strip().equals(profile);
        found[0] |= inside;
      } else if (inside && line.indexOf('=') > 0) {
        int equals = line.indexOf('=');
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    String id = values.getOrDefault("aws_access_key_id", "");
    String secret = values.getOrDefault("aws_secret_access_key", "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new KeyException(
          found[0]
              ? "The profile [" + profile + "] in " + file + " lacks a key"
              : "There is no profile [" + profile + "] in " + file,
          "It needs the line ["
              + profile
              + "], then aws_access_key_id = … and"
              + " aws_secret_access_key = …");
    }
    return new S3Credentials(id, secret, Optional.ofNullable(values.get("aws_session_token")));
  }

  private static Iterable<String> lines(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        throw new KeyException(
            "The credentials file " + file + " is missing or no credentials file",
            "Check --s3-credentials.");
      }
      return Files.readString(file)
          .lines()
          .map(String::strip)
          .filter(line -> !line.startsWith("#") && !line.startsWith(";"))
          .toList();
    } catch (IOException e) {
      throw new KeyException(
          "The credentials file " + file + " cannot be read: " + e.getMessage(),
          "Check --s3-credentials, and that you may read the file.",
          e);
    }
  }

  @Override
  public String toString() {
    return "access key " + id;
  }
}
