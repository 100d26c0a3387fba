package org.mailkeep.cli.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.model.error.KeyException;

/** Key files on this host. */
final class KeyFiles {

  private KeyFiles() {}

  /** Reads a key file. */
  static KeyFile read(Path path) {
    try {
      return KeyFile.parse(Files.readString(path, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new KeyException(
          "The key file " + path + " cannot be read: " + e.getMessage(), "Check --key-file.", e);
    }
  }

  /** Reads the key file if it is there, else makes one that only its owner may read. */
  static KeyFile readOrMake(Path path) {
    return Files.exists(path) ? read(path) : make(path);
  }

  private static KeyFile make(Path path) {
    KeyFile key = KeyFile.generate(new SecureRandom());
    String text =
        "# Key of a Mailkeep repository. Whoever has it can read the backups; without it, nobody"
            + " can.\n# Keep a copy somewhere else than on this machine.\n"
            + key.text()
            + "\n";
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      try (var channel =
          Files.newByteChannel(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        if (channel instanceof java.nio.channels.FileChannel file) {
          file.force(true);
        }
      }
      return key;
    } catch (IOException e) {
      throw new KeyException(
          "The key file " + path + " cannot be made: " + e.getMessage(),
          "Name another with --key-file, or give a password.",
          e);
    }
  }
}
