package org.mailkeep.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.storage.HardTimes;
import org.mailkeep.storage.HttpFaultProxy;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

class S3FaultTest {

  @TempDir private static Path folder;
  private static TestBucket bucket;

  @BeforeAll
  static void start() throws Exception {
    bucket = TestBucket.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    bucket.stop();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void every_object_is_put_once_and_read_exactly_on_a_bad_line(long seed) throws Exception {
    String prefix = "faults" + seed;
    try (HttpFaultProxy proxy = HttpFaultProxy.before(bucket.port(), seed);
        Storage good =
            TestBucket.open(
                TestBucket.location(bucket.port(), prefix),
                S3Settings.DEFAULT,
                HardTimes.patience());
        Storage bad =
            TestBucket.open(
                TestBucket.location(proxy.port(), prefix),
                S3Settings.DEFAULT,
                HardTimes.patience())) {
      assertThat(bad.size(ObjectName.of("first"))).isEmpty();
      proxy.turnBad(40);
      HardTimes.endure(bad, good, seed);
      assertThat(proxy.faults()).isGreaterThan(5);
    }
  }
}
