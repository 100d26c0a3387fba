package org.mailkeep.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.storage.FaultProxy;
import org.mailkeep.storage.HardTimes;
import org.mailkeep.storage.Storage;

class SftpFaultTest {

  @TempDir private static Path folder;
  private static JavaSftpServer server;

  @BeforeAll
  static void start() throws Exception {
    server = JavaSftpServer.start(folder, true);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void every_object_is_put_once_and_read_exactly_on_a_bad_line() throws Exception {
    endure(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  @Tag("slow")
  void and_on_other_bad_lines(long seed) throws Exception {
    endure(seed);
  }

  private static void endure(long seed) throws Exception {
    Path root = folder.resolve("faults" + seed);
    try (FaultProxy proxy = FaultProxy.before(server.port(), seed);
        Storage good = SftpStorage.create(server.folder(root), server.settings())) {
      Path hosts = folder.resolve("hosts" + seed);
      Files.writeString(
          hosts,
          Files.readString(server.knownHosts())
              .replace(":" + server.port() + " ", ":" + proxy.port() + " "));
      SftpSettings settings =
          new SftpSettings(
              List.of(hosts), server.settings().keys(), true, Optional::empty, Optional.empty());
      SftpFolder through = SftpFolder.parse("sftp://anybody@127.0.0.1:" + proxy.port() + root);
      try (Storage bad =
          SftpStorage.open(through, settings, HardTimes.patience(), Duration.ofSeconds(20))) {
        proxy.turnBad();
        HardTimes.endure(bad, good, seed);
        assertThat(proxy.faults()).isGreaterThan(1);
      }
    }
  }
}
