package org.mailkeep.storage.s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Retry;
import org.mailkeep.storage.RetryingStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StoredObject;

/**
 * Objects in a bucket of an S3 server.
 *
 * <p>Holds no state but open connections: any number of threads, processes and hosts may use one
 * bucket. What keeps two puts of one name apart stands in the package's description.
 */
public final class S3Storage implements Storage {

  /** How long nothing may move on a connection. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

  private final S3Bucket bucket;
  private final S3Connection connection;
  private final S3Puts puts;
  private final S3Lists lists;

  private S3Storage(
      S3Bucket bucket,
      S3Settings settings,
      Map<String, String> environment,
      Retry retry,
      Duration patience) {
    this.bucket = bucket;
    this.connection = new S3Connection(bucket, settings, environment, patience);
    this.puts = new S3Puts(bucket, settings, connection, retry);
    this.lists = new S3Lists(bucket, connection, retry);
  }

  /**
   * The objects in a bucket; requests that fail for reasons which may pass are repeated.
   *
   * @param environment where credentials may be
   */
  public static Storage open(
      S3Bucket bucket, S3Settings settings, Map<String, String> environment) {
    return open(bucket, settings, environment, new Retry(), PATIENCE);
  }

  static Storage open(
      S3Bucket bucket,
      S3Settings settings,
      Map<String, String> environment,
      Retry retry,
      Duration patience) {
    return new RetryingStorage(
        new S3Storage(bucket, settings, environment, retry, patience), retry);
  }

  /**
   * As {@link #open}, for a place where nothing is yet.
   *
   * @throws RefusedException when something is there
   */
  public static Storage create(
      S3Bucket bucket, S3Settings settings, Map<String, String> environment) {
    Storage storage = open(bucket, settings, environment);
    try {
      storage.list(
          ObjectFolder.ROOT,
          object -> {
            throw new RefusedException(
                bucket + " is not empty", "Choose another prefix, or an empty bucket.");
          });
      return storage;
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    if (size(name).isPresent()) {
      throw new RefusedException(name + " exists already in " + bucket, "");
    }
    puts.put(name, content);
  }

  @Override
  public byte[] get(ObjectName name) {
    S3Request request = S3Request.of("read " + name, "GET", bucket.key(name));
    S3Answer answer;
    try {
      answer = connection.send(request, MOST_AT_ONCE);
    } catch (S3Connection.TooLongException e) {
      throw new DamagedException(name.toString(), "it has more than " + MOST_AT_ONCE + " bytes");
    }
    if (isMissing(answer)) {
      throw missing(name);
    }
    if (!answer.isGood()) {
      throw connection.failure(request, answer);
    }
    return answer.body();
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    int length = into.remaining();
    if (length == 0) {
      size(name).orElseThrow(() -> missing(name));
      return;
    }
    long last = offset + length - 1;
    S3Request request =
        S3Request.of("read " + name, "GET", bucket.key(name))
            .header("range", "bytes=" + offset + "-" + last);
    S3Answer answer = connection.send(request, into);
    if (isMissing(answer)) {
      throw missing(name);
    }
    if (answer.status() == 416) {
      throw new DamagedException(name.toString(), "it ends before byte " + (last + 1));
    }
    if (answer.status() != 206 && !(answer.status() == 200 && offset == 0)) {
      throw connection.failure(request, answer);
    }
    requireRange(name, answer, offset);
    if (into.hasRemaining()) {
      throw new DamagedException(name.toString(), "it ends before byte " + (last + 1));
    }
  }

  /** A server or a cache on the way that answers another range would be believed otherwise. */
  private void requireRange(ObjectName name, S3Answer answer, long offset) {
    Optional<String> said = answer.header("content-range");
    if (said.isPresent()) {
      Matcher range = RANGE.matcher(said.get());
      if (!range.matches() || !range.group(1).equals(Long.toString(offset))) {
        throw new StorageException(
            "Cannot read " + name + " in " + bucket + ": the server gave another range", "");
      }
    }
  }

  @Override
  public OptionalLong size(ObjectName name) {
    S3Request request = S3Request.of("look for " + name, "HEAD", bucket.key(name));
    S3Answer answer = connection.send(request);
    if (answer.status() == 404) {
      return OptionalLong.empty();
    }
    if (!answer.isGood()) {
      return lookAgain(request, answer);
    }
    if (answer.length().isEmpty()) {
      throw connection.failure(request, answer);
    }
    return answer.length();
  }

  /**
   * An answer to HEAD has no body to tell what is wrong; one to GET has, and it may tell that what
   * was wrong has passed.
   */
  private OptionalLong lookAgain(S3Request head, S3Answer answer) {
    if (answer.status() / 100 == 5) {
      throw connection.failure(head, answer);
    }
    S3Request get = S3Request.of(head.task(), "GET", head.key()).header("range", "bytes=0-0");
    S3Answer second = connection.send(get);
    if (isMissing(second)) {
      return OptionalLong.empty();
    }
    throw second.isGood() || second.status() == 416
        ? connection.failure(head, answer)
        : connection.failure(get, second);
  }

  @Override
  public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
    lists.objects(folder, each);
  }

  @Override
  public void delete(ObjectName name) {
    S3Request request = S3Request.of("delete " + name, "DELETE", bucket.key(name));
    S3Answer answer = connection.send(request);
    if (!answer.isGood() && !isMissing(answer)) {
      throw connection.failure(request, answer);
    }
  }

  @Override
  public void tidy() {
    Instant limit = Instant.now().minus(LEFTOVER_AGE);
    lists.uploads(
        (key, id, begun) -> {
          if (begun.isBefore(limit)) {
            puts.abort(key, id);
          }
        });
  }

  @Override
  public void close() {
    connection.close();
  }

  /** That the bucket itself is missing is no answer about the object. */
  private static boolean isMissing(S3Answer answer) {
    return answer.status() == 404 && !answer.message().code().equals("NoSuchBucket");
  }

  private NotFoundException missing(ObjectName name) {
    return new NotFoundException(name + " is not in " + bucket, "Run 'mailkeep check'.");
  }
}
