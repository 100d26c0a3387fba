package org.mailkeep.storage.s3;

import java.util.Set;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.StorageException;

/** Turns what a server says into what a person can act on. */
final class S3Failure {

  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Set<String> PASSING_CODES =
      Set.of(
          "RequestTimeout",
          "SlowDown",
          "InternalError",
          "ServiceUnavailable",
          "OperationAborted",
          "ConditionalRequestConflict",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "IncompleteBody",
          "NoSuchUpload");

  private S3Failure() {}

  /** For an answer that is no success. */
  static StorageException of(S3Bucket bucket, String region, S3Request request, S3Answer answer) {
    S3Message message = answer.message();
    String code = message.code();
    String said = code.isEmpty() ? "" : " " + code;
    String text = message.value("Message").map(m -> ": " + RawText.display(m)).orElse("");
    String sentence =
        "Cannot "
            + request.task()
            + " in "
            + bucket
            + ": "
            + request.method()
            + " gave "
            + answer.status()
            + said
            + text;
    String advice = advice(bucket, region, answer, message);
    return PASSING.contains(answer.status()) || PASSING_CODES.contains(code)
        ? new StorageException(sentence, advice)
        : StorageException.lasting(sentence, advice);
  }

  private static String advice(S3Bucket bucket, String region, S3Answer answer, S3Message message) {
    return switch (message.code()) {
      case "NoSuchBucket" ->
          "There is no bucket " + bucket.bucket() + " for this key on this server; make it first.";
      case "InvalidAccessKeyId" ->
          "The server does not know this access key: check the credentials, and the server's name.";
      case "SignatureDoesNotMatch" ->
          "The secret key is wrong, or something between here and the server changes requests.";
      case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
          "The session's token has expired: get new credentials.";
      case "RequestTimeTooSkewed", "RequestExpired" ->
          "This machine's clock and the server's ("
              + answer.header("date").orElse("unknown")
              + ") differ by more than 15 minutes: set the clock.";
      case "AccessDenied", "AllAccessDisabled" -> denied();
      case "InvalidStorageClass" -> "The server does not have this --s3-storage-class.";
      case "InvalidRequest", "ObjectLockConfigurationNotFoundError" ->
          "If --s3-object-lock was given, the bucket must have been made with object lock.";
      case "QuotaExceeded", "XMinioStorageFull", "EntityTooLarge" ->
          "Make room on the server, or raise the quota; what is stored is safe.";
      default -> otherwise(region, answer, message);
    };
  }

  private static String otherwise(String region, S3Answer answer, S3Message message) {
    String there =
        answer.header("x-amz-bucket-region").or(() -> message.value("Region")).orElse(region);
    if (!there.equals(region)) {
      return "The bucket is in another region: give --s3-region " + RawText.display(there) + ".";
    }
    return switch (answer.status()) {
      case 301, 302, 307, 308 ->
          "The bucket is elsewhere: check server and --s3-region, or try --s3-virtual-host.";
      case 401, 403 -> denied();
      case 404 -> "Check the names of server and bucket.";
      case 429, 503 -> "The server is busy; try again later.";
      default -> "Look into the server's log.";
    };
  }

  private static String denied() {
    return "The key may not do this here: it needs s3:ListBucket on the bucket, s3:GetObject and"
        + " s3:PutObject on its objects, and s3:DeleteObject to forget and prune.";
  }
}
