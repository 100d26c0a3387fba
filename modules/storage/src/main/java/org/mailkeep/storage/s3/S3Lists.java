package org.mailkeep.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.Retry;
import org.mailkeep.storage.StoredObject;

/** Lists what is in a bucket, a page of a thousand at a time. */
final class S3Lists {

  private final S3Bucket bucket;
  private final S3Connection connection;
  private final Retry retry;

  S3Lists(S3Bucket bucket, S3Connection connection, Retry retry) {
    this.bucket = bucket;
    this.connection = connection;
    this.retry = retry;
  }

  /** Sees an upload in parts that was neither completed nor aborted. */
  @FunctionalInterface
  interface UploadVisitor {
    /** The upload of this id to this key, begun then. */
    void upload(String key, String id, Instant begun);
  }

  void objects(ObjectFolder folder, Consumer<? super StoredObject> each) {
    S3Request first =
        request(folder.isRoot() ? "list the objects" : "list " + folder)
            .query("list-type", "2")
            .query("prefix", bucket.keys(folder));
    S3Request next = first;
    while (next != null) {
      S3Message page = page(next, "ListBucketResult");
      for (Map<String, String> item : page.items()) {
        bucket
            .name(decode(item.getOrDefault("Key", "")))
            .ifPresent(name -> each.accept(new StoredObject(name, size(item))));
      }
      next =
          isLast(page)
              ? null
              : first.query("continuation-token", marker(page, "NextContinuationToken"));
    }
  }

  void uploads(UploadVisitor visitor) {
    S3Request first =
        request("list uploads")
            .query("uploads", "")
            .query("prefix", bucket.keys(ObjectFolder.ROOT));
    S3Request next = first;
    while (next != null) {
      S3Message page = page(next, "ListMultipartUploadsResult");
      for (Map<String, String> item : page.items()) {
        String key = decode(item.getOrDefault("Key", ""));
        if (bucket.name(key).isPresent()) {
          visitor.upload(key, item.getOrDefault("UploadId", ""), time(item));
        }
      }
      next =
          isLast(page)
              ? null
              : first
                  .query("key-marker", decode(marker(page, "NextKeyMarker")))
                  .query("upload-id-marker", marker(page, "NextUploadIdMarker"));
    }
  }

  /** With keys encoded, for what others put there may hold what XML cannot. */
  private static S3Request request(String task) {
    return S3Request.of(task, "GET", "").query("encoding-type", "url");
  }

  private S3Message page(S3Request request, String root) {
    return retry.get(
        () -> {
          S3Answer answer = connection.send(request);
          S3Message message = answer.message();
          if (!answer.isGood()) {
            throw connection.failure(request, answer);
          }
          if (!message.root().equals(root)) {
            throw new StorageException(
                "Cannot " + request.task() + " in " + bucket + ": the answer is no listing", "");
          }
          return message;
        });
  }

  private static boolean isLast(S3Message page) {
    return !page.value("IsTruncated").map(Boolean::parseBoolean).orElse(false);
  }

  private String marker(S3Message page, String name) {
    return page.value(name)
        .orElseThrow(
            () ->
                new StorageException(
                    "Cannot list " + bucket + ": a page does not say where the next begins", ""));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private long size(Map<String, String> item) {
    try {
      return Long.parseLong(item.getOrDefault("Size", ""));
    } catch (NumberFormatException e) {
      throw new StorageException(
          "Cannot list " + bucket + ": an object in the answer has no size", "", e);
    }
  }

  /** When it cannot be told, now: nothing is aborted that may be in progress. */
  private static Instant time(Map<String, String> item) {
    try {
      return Instant.parse(item.getOrDefault("Initiated", ""));
    } catch (DateTimeException e) {
      return Instant.now();
    }
  }
}
