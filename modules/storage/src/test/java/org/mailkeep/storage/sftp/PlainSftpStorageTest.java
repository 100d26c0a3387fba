package org.mailkeep.storage.sftp;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StorageContract;

/** The contract on a server without OpenSSH's extensions. */
class PlainSftpStorageTest extends StorageContract {

  @TempDir private static Path folder;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static JavaSftpServer server;

  @BeforeAll
  static void start() throws Exception {
    server = JavaSftpServer.start(folder, false);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected Storage create() {
    Path root = folder.resolve("stores/" + COUNT.incrementAndGet());
    return SftpStorage.create(server.folder(root), server.settings());
  }
}
