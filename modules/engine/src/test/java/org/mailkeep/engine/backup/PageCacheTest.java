package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Input;

/** A backup leaves the mail server's page cache as it was. */
class PageCacheTest {

  private static final int SIZE = 300_000;

  @TempDir Path folder;

  private Path write(Path directory, String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] bytes = new byte[SIZE];
    new SplittableRandom(name.hashCode()).nextBytes(bytes);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    return file;
  }

  private static void evict(Path file) {
    try (Directory directory = Directory.open(RawPath.of(file.resolveSibling(".").toString()));
        Input input = directory.openFile(FileName.of(file.toFile().getName()))) {
      input.willNotNeed();
    }
  }

  private static boolean isResident(Path file, long from, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, from, size).isLoaded();
    }
  }

  /** The first kernel that tells what is cached without reading ahead is Linux 6.5. */
  private static boolean tells() {
    String[] version = System.getProperty("os.version", "0.0").split("[.-]", -1);
    return Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]) >= 605;
  }

  @Test
  void files_that_were_cached_stay_and_others_are_not_brought_in() throws IOException {
    Path source = Files.createDirectory(folder.resolve("mail"));
    Path cold = write(source, "cold");
    Path warm = write(source, "warm");
    evict(cold);
    assumeTrue(tells() && !isResident(cold, 0, 1) && isResident(warm, 0, SIZE));
    try (TestRepository repository = new TestRepository(folder)) {
      assertThat(repository.backup(source).run().manifest().counts().newFiles()).isEqualTo(2);
    }
    assertThat(isResident(cold, 0, 1)).isFalse();
    assertThat(isResident(cold, SIZE - 1L, 1)).isFalse();
    assertThat(isResident(warm, 0, SIZE)).isTrue();
  }
}
