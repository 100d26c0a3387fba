package org.mailkeep.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Retry;

/** Stores objects: in one request, or in parts where one that fails would cost too much. */
final class S3Puts {

  /** Up to so many bytes an object goes in one request. Packs do: they have some 16 MiB. */
  static final int LARGEST_AT_ONCE = 64 << 20;

  private static final int PART = 16 << 20;

  /** The least that S3 accepts: of what is paced, a part goes out in one burst. */
  private static final int LEAST_PART = 5 << 20;

  private final S3Bucket bucket;
  private final S3Settings settings;
  private final S3Connection connection;
  private final Retry retry;
  private volatile boolean conditions = true;

  S3Puts(S3Bucket bucket, S3Settings settings, S3Connection connection, Retry retry) {
    this.bucket = bucket;
    this.settings = settings;
    this.connection = connection;
    this.retry = retry;
  }

  void put(ObjectName name, ObjectContent content) {
    S3Request request = S3Request.of("store " + name, "PUT", bucket.key(name));
    if (content.length() <= LARGEST_AT_ONCE) {
      store(name, retained(request.body(content)));
    } else {
      upload(name, content);
    }
  }

  /** Sends what makes the object visible, under the condition that there is none of its name. */
  private void store(ObjectName name, S3Request request) {
    boolean asked = conditions;
    S3Answer answer = connection.send(asked ? request.header("if-none-match", "*") : request);
    if (asked && isUnknown(answer)) {
      conditions = false;
      answer = connection.send(request);
    }
    if (asked && answer.status() == 412) {
      // There was nothing a moment ago: a network that passed this request on twice, or a host that
      // was quicker. The next attempt finds the object, and whether it has these bytes.
      throw new StorageException(name + " appeared in " + bucket + " while it was stored", "");
    }
    // A server that took long says 200 at once and the outcome in the body.
    if (!answer.isGood() || answer.message().root().equals("Error")) {
      throw connection.failure(request, answer);
    }
  }

  private static boolean isUnknown(S3Answer answer) {
    return answer.status() == 501 || answer.message().code().equals("NotImplemented");
  }

  private S3Request retained(S3Request request) {
    S3Request classed =
        settings
            .storageClass()
            .map(name -> request.header("x-amz-storage-class", name))
            .orElse(request);
    return settings
        .retention()
        .map(retention -> classed.headers(retention.headers(Instant.now())))
        .map(S3Request::md5)
        .orElse(classed);
  }

  private void upload(ObjectName name, ObjectContent content) {
    String key = bucket.key(name);
    S3Request begin =
        retained(
            S3Request.of("begin to store " + name, "POST", key)
                .query("uploads", "")
                .header("x-amz-checksum-algorithm", "SHA256"));
    S3Answer begun = sent(begin);
    String id =
        begun.message().value("UploadId").orElseThrow(() -> connection.failure(begin, begun));
    try {
      S3Request complete =
          S3Request.of("complete " + name, "POST", key)
              .query("uploadId", id)
              .body(ObjectContent.of(parts(name, id, content)));
      store(name, complete.without("x-amz-checksum-sha256"));
    } catch (RuntimeException e) {
      abandon(key, id, e);
      throw e;
    }
  }

  /** Stores the parts; gives the list of them that completes the upload. */
  private byte[] parts(ObjectName name, String id, ObjectContent content) {
    StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
    Iterator<ByteBuffer> slices = content.iterator();
    int size = content.isPaced() ? LEAST_PART : PART;
    List<ByteBuffer> part = new ArrayList<>();
    long length = 0;
    int number = 1;
    while (slices.hasNext()) {
      ByteBuffer slice = slices.next();
      while (slice.hasRemaining()) {
        int count = (int) Math.min(slice.remaining(), size - length);
        part.add(slice.slice(slice.position(), count));
        slice.position(slice.position() + count);
        length += count;
        if (length == size) {
          list.append(part(name, id, number++, part));
          part.clear();
          length = 0;
        }
      }
    }
    if (!part.isEmpty()) {
      list.append(part(name, id, number, part));
    }
    return list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
  }

  private String part(ObjectName name, String id, int number, List<ByteBuffer> slices) {
    S3Request request =
        S3Request.of("store part " + number + " of " + name, "PUT", bucket.key(name))
            .query("partNumber", Integer.toString(number))
            .query("uploadId", id)
            .body(ObjectContent.of(slices));
    S3Answer answer = retry.get(() -> sent(request));
    String tag = answer.header("etag").orElseThrow(() -> connection.failure(request, answer));
    return "<Part><PartNumber>"
        + number
        + "</PartNumber><ETag>"
        + tag.replace("\"", "&quot;")
        + "</ETag><ChecksumSHA256>"
        + request.headers().get("x-amz-checksum-sha256")
        + "</ChecksumSHA256></Part>";
  }

  private S3Answer sent(S3Request request) {
    S3Answer answer = connection.send(request);
    if (!answer.isGood()) {
      throw connection.failure(request, answer);
    }
    return answer;
  }

  private void abandon(String key, String id, RuntimeException reason) {
    try {
      abort(key, id);
    } catch (MailkeepException e) {
      // A later tidy removes it; what went wrong first is what matters.
      reason.addSuppressed(e);
    }
  }

  /** Removes the parts of an upload. */
  void abort(String key, String id) {
    S3Request request = S3Request.of("abort an upload", "DELETE", key).query("uploadId", id);
    S3Answer answer = connection.send(request);
    if (!answer.isGood() && answer.status() != 404) {
      throw connection.failure(request, answer);
    }
  }
}
