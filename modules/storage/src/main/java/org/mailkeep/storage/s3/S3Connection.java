package org.mailkeep.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.ObjectContent;

/** Sends requests to one bucket and receives the answers. Safe for use by many threads. */
final class S3Connection implements AutoCloseable {

  private static final Duration CONNECT_TIME = Duration.ofSeconds(20);

  /** A page of a listing has a thousand keys of up to 1,024 bytes, each encoded threefold. */
  private static final int LONGEST_MESSAGE = 8 << 20;

  private static final String OPEN_ENDED = "The answer does not say how long it is";

  /** An answer has more bytes than there may be. */
  static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLongException(String task) {
      super("Cannot " + task + ": the answer is too long");
    }
  }

  private final S3Bucket bucket;
  private final String base;
  private final Signature signature;
  private final Duration patience;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  /**
   * @param patience how long nothing may move before a request counts as failed
   */
  S3Connection(
      S3Bucket bucket, S3Settings settings, Map<String, String> environment, Duration patience) {
    this.bucket = bucket;
    this.patience = patience;
    String region = bucket.region(settings, environment);
    this.signature = new Signature(S3Credentials.find(settings, environment), region);
    this.base = bucket.base(region, settings.virtualHost());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIME)
            .executor(threads);
    Optional.ofNullable(ProxySelector.getDefault()).ifPresent(builder::proxy);
    settings
        .authorities()
        .map(Path::toAbsolutePath)
        .map(Authorities::trust)
        .ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** The answer, with its body. */
  S3Answer send(S3Request request) {
    return send(
        request,
        (headers, stall) ->
            AnswerBody.gather(LONGEST_MESSAGE, isHead(request) ? 0 : length(headers), stall));
  }

  /** The answer, whose body is an object of up to so many bytes. */
  S3Answer send(S3Request request, int limit) {
    return send(
        request, whole((headers, stall) -> AnswerBody.gather(limit, length(headers), stall)));
  }

  /** The answer, whose body goes into a buffer if it is a part of an object. */
  S3Answer send(S3Request request, ByteBuffer into) {
    return send(request, whole((_, stall) -> AnswerBody.into(into, stall)));
  }

  /** The failure that an answer tells. */
  StorageException failure(S3Request request, S3Answer answer) {
    return S3Failure.of(bucket, signature.region(), request, answer);
  }

  /** An answer to HEAD announces the length of what does not follow. */
  private static boolean isHead(S3Request request) {
    return request.method().equals("HEAD");
  }

  /** Refuses a body of which nobody could tell half from all of it. */
  private static Receiver whole(Receiver receiver) {
    return (headers, stall) ->
        headers.firstValue("content-length").isEmpty()
                && headers.firstValue("transfer-encoding").isEmpty()
            ? AnswerBody.failed(new IOException(OPEN_ENDED), stall)
            : receiver.of(headers, stall);
  }

  /** The announced length, or 0 where none is. */
  private static long length(HttpHeaders headers) {
    return headers.firstValueAsLong("content-length").orElse(0);
  }

  /** Makes what receives a body. */
  private interface Receiver {
    AnswerBody of(HttpHeaders headers, Stall stall);
  }

  private S3Answer send(S3Request request, Receiver good) {
    Stall stall = new Stall(patience);
    AtomicReference<RuntimeException> ours = new AtomicReference<>();
    try {
      HttpRequest signed = sign(request, stall, ours);
      HttpResponse<byte[]> response =
          stall.await(
              client.sendAsync(
                  signed,
                  info ->
                      info.statusCode() / 100 == 2
                          ? good.of(info.headers(), stall)
                          : AnswerBody.gather(LONGEST_MESSAGE, 0, stall)));
      return new S3Answer(response);
    } catch (AnswerBody.TooLongException e) {
      throw new TooLongException(request.task());
    } catch (IOException e) {
      RuntimeException failure = ours.get();
      throw failure != null ? failure : unreachable(request, e);
    }
  }

  private HttpRequest sign(
      S3Request request, Stall stall, AtomicReference<RuntimeException> failure) {
    String path = request.key().isEmpty() ? emptyPath() : "/" + request.key();
    String query = request.encodedQuery();
    URI uri = URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
    signature
        .sign(request.method(), uri, request.headers(), request.digest("SHA-256"), Instant.now())
        .forEach(builder::header);
    return builder.method(request.method(), publisher(request.body(), stall, failure)).build();
  }

  /** Of the bucket: nothing where its name stands in the path. */
  private String emptyPath() {
    return URI.create(base).getRawPath().isEmpty() ? "/" : "";
  }

  private static BodyPublisher publisher(
      ObjectContent body, Stall stall, AtomicReference<RuntimeException> failure) {
    return body.length() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> new ContentStream(body, stall, failure)),
            body.length());
  }

  private StorageException unreachable(S3Request request, IOException e) {
    String sentence = "Cannot " + request.task() + " in " + bucket + ": " + reason(e);
    if (e instanceof SSLException) {
      return StorageException.lasting(
          sentence,
          "The server's certificate is not trusted, or it speaks no TLS there; for an authority of"
              + " your own give --s3-ca FILE.");
    }
    return new StorageException(
        sentence, "Check the server's name and port, the network and that the server runs.", e);
  }

  private static String reason(IOException e) {
    boolean unknown =
        e instanceof UnknownHostException
            || e.getCause() instanceof UnresolvedAddressException
            || (e.getCause() != null
                && e.getCause().getCause() instanceof UnresolvedAddressException);
    if (unknown) {
      return "No such host";
    }
    return switch (e) {
      case HttpConnectTimeoutException _ -> "No answer while connecting";
      case ConnectException _ ->
          e.getMessage() == null ? "The connection was refused" : e.getMessage();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
