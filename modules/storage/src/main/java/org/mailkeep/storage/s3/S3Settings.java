package org.mailkeep.storage.s3;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to speak to an S3 server.
 *
 * @param region the bucket's region, such as {@code eu-central-1}
 * @param credentials a file in the form of AWS's shared credentials file
 * @param profile the section of that file
 * @param virtualHost whether the bucket is part of the host's name instead of the path
 * @param authorities a PEM file with the certificates of authorities to trust instead of Java's
 * @param storageClass for new objects, such as {@code STANDARD_IA}
 * @param retention for how long nobody may remove new objects
 */
public record S3Settings(
    Optional<String> region,
    Optional<Path> credentials,
    Optional<String> profile,
    boolean virtualHost,
    Optional<Path> authorities,
    Optional<String> storageClass,
    Optional<Retention> retention) {

  /** Nothing said. */
  public static final S3Settings DEFAULT =
      new S3Settings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
