package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that a user names for SSH, of which some name a device by mistake. */
final class SshFile {

  /** Room for the keys of fifty thousand hosts. */
  static final int LARGEST = 16 << 20;

  private SshFile() {}

  /**
   * All of it.
   *
   * @throws IOException where it cannot be read, or has more than {@value #LARGEST} bytes
   */
  static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("it has more than 16 MiB");
      }
      return bytes;
    }
  }
}
