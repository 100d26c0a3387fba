package org.mailkeep.storage.sftp;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StorageContract;

/** The contract on OpenSSH's own server. */
class OpenSshStorageTest extends StorageContract {

  @TempDir private static Path folder;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static OpenSshServer server;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(OpenSshServer.isInstalled(), "openssh-server is not installed");
    server = OpenSshServer.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.kill();
    }
  }

  @Override
  protected Storage create() {
    Path root = folder.resolve("stores/" + COUNT.incrementAndGet());
    return SftpStorage.create(SftpFolder.parse(server.location(root)), server.settings());
  }
}
