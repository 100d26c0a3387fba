package org.mailkeep.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.HardTimes;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** Answers that no test server gives when it is asked to, but real ones do. */
class S3AnswersTest {

  private static final ObjectName NAME = ObjectName.of("packs/4f/4f21");
  private static final ObjectContent HELLO = ObjectContent.of("hello".getBytes(UTF_8));

  /** An answer to be given. */
  private record Answer(int status, Map<String, String> headers, String body) {
    static Answer of(int status) {
      return new Answer(status, Map.of(), "");
    }

    static Answer error(int status, String code) {
      return new Answer(
          status,
          Map.of(),
          "<?xml version='1.0'?><Error><Code>" + code + "</Code><Message>Said.</Message></Error>");
    }
  }

  /** What was asked. */
  private record Asked(String line, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  private final ConcurrentLinkedDeque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private HttpServer server;
  private Storage storage;

  @BeforeEach
  @SuppressWarnings("NullAway.Init")
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    storage = open(S3Settings.DEFAULT);
  }

  @AfterEach
  void stop() {
    storage.close();
    server.stop(0);
  }

  private Storage open(S3Settings settings) {
    return TestBucket.open(
        TestBucket.location(server.getAddress().getPort(), "p"), settings, HardTimes.patience());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, s3:PutObject",
    "403, InvalidAccessKeyId, does not know this access key",
    "403, SignatureDoesNotMatch, secret key is wrong",
    "403, RequestTimeTooSkewed, set the clock",
    "400, ExpiredToken, get new credentials",
    "404, NoSuchBucket, make it first",
    "400, InvalidStorageClass, --s3-storage-class",
    "301, PermanentRedirect, --s3-region",
    "405, Whatever, server's log",
  })
  void what_stays_is_told_once_with_request_object_status_and_advice(
      int status, String code, String advice) {
    answers.add(Answer.error(status, code));
    assertThatThrownBy(() -> storage.get(NAME))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.isLasting()).isTrue();
              assertThat(e.advice()).contains(advice);
            })
        .hasMessageContaining("Cannot read packs/4f/4f21 in s3:http://127.0.0.1:")
        .hasMessageContaining("GET gave " + status + " " + code + ": Said.")
        .hasMessageNotContaining(TestBucket.SECRET);
    assertThat(asked).hasSize(1);
  }

  @Test
  void a_bucket_in_another_region_is_told_with_its_name() {
    answers.add(
        new Answer(
            400,
            Map.of(),
            "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>"));
    assertThatThrownBy(() -> storage.get(NAME))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.advice()).contains("--s3-region eu-west-3"));
  }

  @Test
  void what_a_head_cannot_say_a_get_is_asked_for() {
    answers.add(Answer.error(403, "InvalidAccessKeyId"));
    assertThatThrownBy(() -> storage.size(NAME)).hasMessageContaining("InvalidAccessKeyId");
    assertThat(asked).extracting(Asked::line).first().asString().startsWith("HEAD ");
  }

  @Test
  void what_a_head_could_not_say_may_have_passed_when_a_get_asks() {
    answers.addAll(List.of(Answer.error(429, "TooMany"), Answer.error(404, "NoSuchKey")));
    assertThat(storage.size(NAME)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, SlowDown", "429, TooMany", "400, RequestTimeout"})
  void what_passes_is_asked_again(int status, String code) {
    answers.addAll(
        List.of(
            Answer.error(status, code),
            Answer.error(status, code),
            new Answer(200, Map.of(), "hello")));
    assertThat(storage.get(NAME)).asString().isEqualTo("hello");
    assertThat(asked).hasSize(3);
  }

  @Test
  void a_put_is_sent_under_the_condition_that_there_is_nothing() {
    answers.addAll(List.of(Answer.of(404), Answer.of(200)));
    storage.put(NAME, HELLO);
    assertThat(asked.getLast().line()).isEqualTo("PUT /mail/p/packs/4f/4f21");
    assertThat(asked.getLast().header("If-none-match")).isEqualTo("*");
    assertThat(asked.getLast().header("X-amz-checksum-sha256"))
        .isEqualTo("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    assertThat(asked.getLast().header("X-amz-object-lock-mode")).isEmpty();
    assertThat(asked.getLast().body()).isEqualTo("hello");
  }

  @Test
  void a_condition_that_fails_for_the_bytes_of_another_means_that_the_name_is_taken() {
    appears("jelly");
    assertThatThrownBy(() -> storage.put(NAME, HELLO)).isInstanceOf(RefusedException.class);
    assertThat(asked).hasSize(5);
  }

  @Test
  void a_put_that_the_network_passed_on_twice_is_done() {
    appears("hello");
    storage.put(NAME, HELLO);
    assertThat(asked).hasSize(5);
  }

  /** Nothing is there, but the condition fails; then there is an object. */
  private void appears(String content) {
    answers.addAll(
        List.of(
            Answer.of(404),
            Answer.error(412, "PreconditionFailed"),
            new Answer(200, Map.of("Content-Length", "5"), ""),
            new Answer(200, Map.of("Content-Length", "5"), ""),
            new Answer(206, Map.of("Content-Range", "bytes 0-4/5"), content)));
  }

  @Test
  void a_put_that_met_its_own_first_attempt_is_done() {
    answers.addAll(
        List.of(
            Answer.of(404),
            Answer.error(500, "InternalError"),
            Answer.of(404),
            Answer.error(412, "PreconditionFailed"),
            new Answer(200, Map.of("Content-Length", "5"), ""),
            new Answer(200, Map.of("Content-Length", "5"), ""),
            new Answer(206, Map.of("Content-Range", "bytes 0-4/5"), "hello")));
    storage.put(NAME, HELLO);
    assertThat(asked).hasSize(7);
  }

  @Test
  void a_server_without_conditions_is_asked_without() {
    answers.addAll(
        List.of(
            Answer.of(404),
            Answer.error(501, "NotImplemented"),
            Answer.of(200),
            Answer.of(404),
            Answer.of(200)));
    storage.put(NAME, HELLO);
    storage.put(ObjectName.of("second"), HELLO);
    assertThat(asked).hasSize(5);
    assertThat(asked.get(2).header("If-none-match")).isEmpty();
    assertThat(asked.get(4).header("If-none-match")).isEmpty();
  }

  @Test
  void retention_and_class_go_with_every_object() {
    answers.addAll(List.of(Answer.of(404), Answer.of(200)));
    try (Storage locked =
        open(
            TestBucket.with(
                Optional.of("STANDARD_IA"),
                Optional.of(new Retention(Retention.Mode.COMPLIANCE, 30))))) {
      locked.put(NAME, HELLO);
    }
    Asked put = asked.getLast();
    assertThat(put.header("X-amz-storage-class")).isEqualTo("STANDARD_IA");
    assertThat(put.header("X-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
    assertThat(Instant.parse(put.header("X-amz-object-lock-retain-until-date")))
        .isBetween(
            Instant.now().plusSeconds(30 * 86_400 - 60), Instant.now().plusSeconds(30 * 86_400));
    assertThat(put.header("Content-md5")).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
  }

  @Test
  void another_range_than_was_asked_for_is_not_believed() {
    answers.addAll(
        List.of(
            new Answer(206, Map.of("Content-Range", "bytes 0-2/9"), "abc"),
            new Answer(206, Map.of("Content-Range", "bytes 3-5/9"), "def")));
    ByteBuffer into = ByteBuffer.allocate(3);
    storage.read(NAME, 3, into);
    assertThat(new String(into.array(), UTF_8)).isEqualTo("def");
    answers.clear();
    answers.add(new Answer(206, Map.of("Content-Range", "bytes 3-4/5"), "de"));
    assertThatThrownBy(() -> storage.read(NAME, 3, ByteBuffer.allocate(3)))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void a_listing_goes_through_all_pages_and_repeats_the_one_that_failed() {
    answers.addAll(
        List.of(
            page(
                "p/keys/1",
                "<IsTruncated>true</IsTruncated><NextContinuationToken>a+b/c=</NextContinuationToken>"),
            Answer.error(503, "SlowDown"),
            page(
                "p/keys/2%01",
                "<IsTruncated>true</IsTruncated><NextContinuationToken>d</NextContinuationToken>"),
            page("p/keys/3", "<IsTruncated>false</IsTruncated>")));
    List<String> names = new ArrayList<>();
    storage.list(new ObjectFolder("keys"), object -> names.add(object.name().toString()));
    assertThat(names).containsExactly("keys/1", "keys/3");
    assertThat(asked.get(1).line()).contains("continuation-token=a%2Bb%2Fc%3D");
  }

  private static Answer page(String key, String more) {
    return new Answer(
        200,
        Map.of(),
        "<ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Contents><Key>"
            + key
            + "</Key><Size>5</Size><Owner><ID>x</ID></Owner></Contents>"
            + more
            + "</ListBucketResult>");
  }

  @Test
  void a_listing_that_is_none_is_not_an_empty_one() {
    answers.add(new Answer(200, Map.of(), "<html>Please log in to the hotel's network</html>"));
    try (Storage impatient =
        S3Storage.open(
            S3Bucket.parse(TestBucket.location(server.getAddress().getPort(), "p")),
            S3Settings.DEFAULT,
            TestBucket.ENVIRONMENT)) {
      assertThatThrownBy(() -> impatient.list(ObjectFolder.ROOT, object -> {}))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the answer is no listing");
    }
  }

  @Test
  void half_of_an_object_whose_length_nobody_tells_is_no_object() throws Exception {
    try (ServerSocket lazy = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        Storage impatient =
            TestBucket.open(
                TestBucket.location(lazy.getLocalPort(), "p"),
                S3Settings.DEFAULT,
                HardTimes.patience())) {
      Thread _ = Thread.ofVirtual().start(() -> answerWithoutLength(lazy));
      assertThatThrownBy(() -> impatient.get(ObjectName.of("x")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("does not say how long it is");
    }
  }

  private static void answerWithoutLength(ServerSocket server) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          BufferedReader in =
              new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
          long _ = in.lines().takeWhile(line -> !line.isEmpty()).count();
          client
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhal".getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void tidying_aborts_uploads_older_than_a_day_below_the_prefix() {
    String old = Instant.now().minus(Storage.LEFTOVER_AGE).minusSeconds(60).toString();
    answers.addAll(
        List.of(
            new Answer(
                200,
                Map.of(),
                "<ListMultipartUploadsResult>"
                    + upload("p/packs/4f/4f21", "1", old)
                    + upload("p/packs/4f/4f22", "2", Instant.now().toString())
                    + upload("other/packs/4f/4f21", "3", old)
                    + "</ListMultipartUploadsResult>"),
            Answer.of(204)));
    storage.tidy();
    assertThat(asked)
        .extracting(Asked::line)
        .hasSize(2)
        .last()
        .isEqualTo("DELETE /mail/p/packs/4f/4f21?uploadId=1");
  }

  private static String upload(String key, String id, String begun) {
    return "<Upload><Key>"
        + key
        + "</Key><UploadId>"
        + id
        + "</UploadId><Initiated>"
        + begun
        + "</Initiated></Upload>";
  }
}
