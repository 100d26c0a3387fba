package org.mailkeep.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.mailkeep.storage.HardTimes;
import org.mailkeep.storage.HttpFaultProxy;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StorageContract;

/**
 * The contract on a server that runs elsewhere. MAILKEEP_TEST_S3 names it, as {@code
 * s3:http://host:port/bucket}; the bucket is made.
 */
@EnabledIfEnvironmentVariable(named = "MAILKEEP_TEST_S3", matches = ".+")
class RealS3Test extends StorageContract {

  private static final SplittableRandom RANDOM = new SplittableRandom();

  private static String server() {
    return System.getenv("MAILKEEP_TEST_S3");
  }

  private static String prefix() {
    return "test-" + Long.toHexString(RANDOM.nextLong());
  }

  private static Storage open(String location) {
    return S3Storage.open(
        S3Bucket.parse(location),
        S3Settings.DEFAULT,
        System.getenv(),
        HardTimes.patience(),
        Duration.ofSeconds(30));
  }

  @Override
  protected Storage create() {
    makeBucket();
    return open(server() + "/" + prefix());
  }

  private static void makeBucket() {
    Map<String, String> environment = System.getenv();
    try (S3Connection connection =
        new S3Connection(
            S3Bucket.parse(server()), S3Settings.DEFAULT, environment, Duration.ofSeconds(30))) {
      S3Answer answer = connection.send(S3Request.of("make the bucket", "PUT", ""));
      assertThat(answer.isGood() || answer.status() == 409).isTrue();
    }
  }

  @Test
  void every_object_is_put_once_and_read_exactly_on_a_bad_line() throws Exception {
    S3Bucket there = S3Bucket.parse(server());
    String prefix = prefix();
    int port = there.endpoint().orElseThrow().getPort();
    try (HttpFaultProxy proxy = HttpFaultProxy.before(port, 1);
        Storage good = open(server() + "/" + prefix);
        Storage bad =
            open("s3:http://127.0.0.1:" + proxy.port() + "/" + there.bucket() + "/" + prefix)) {
      // A server that was never reached is given up after three attempts.
      assertThat(bad.size(ObjectName.of("first"))).isEmpty();
      proxy.turnBad(40);
      HardTimes.endure(bad, good, 1);
      assertThat(proxy.faults()).isGreaterThan(5);
    }
  }

  @Test
  void a_wrong_secret_is_refused_without_being_shown() {
    Map<String, String> wrong =
        Map.of(
            "AWS_ACCESS_KEY_ID",
            System.getenv("AWS_ACCESS_KEY_ID"),
            "AWS_SECRET_ACCESS_KEY",
            "hush");
    try (Storage storage =
        S3Storage.open(S3Bucket.parse(server() + "/x"), S3Settings.DEFAULT, wrong)) {
      assertThatThrownBy(() -> storage.size(ObjectName.of("x")))
          .hasMessageContaining("403")
          .hasMessageNotContaining("hush");
    }
  }
}
