package org.mailkeep.storage.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StorageContract;

class S3StorageTest extends StorageContract {

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

  @Override
  protected Storage create() {
    return bucket.empty();
  }
}
