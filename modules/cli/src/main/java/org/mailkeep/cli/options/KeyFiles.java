package org.mailkeep.cli.options;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.RefusedException;

/** Key files on this host. */
final class KeyFiles {

  private static final int MAX_BYTES = 1 << 20;

  private KeyFiles() {}

  /** Reads a key file. */
  static KeyFile read(Path path) {
    String text = text(path, "The key file", "--key-file");
    try {
      return KeyFile.parse(text);
    } catch (KeyException e) {
      throw new KeyException(path + ": " + e.getMessage(), e.advice(), e);
    }
  }

  /** Reads the key file if it is there, else makes one that only its owner may read. */
  static KeyFile readOrMake(Path path) {
    return Files.exists(path) ? read(path) : make(path);
  }

  private static KeyFile make(Path path) {
    KeyFile key = KeyFile.generate(new SecureRandom());
    writeSecret(
        path,
        "# Key of a Mailkeep repository. Whoever has it can read the backups; without it, nobody"
            + " can.\n# Keep a copy somewhere else than on this machine.\n"
            + key.text());
    return key;
  }

  /** The text of a file with a key in it. */
  static String text(Path path, String what, String option) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new KeyException(
            what + " " + path + " is too large to be one", "Check " + option + ".");
      }
      // Keys are ASCII; beside them may stand anything, such as a code of Unicode blocks.
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new KeyException(what + " " + path + " does not exist", "Check " + option + ".", e);
    } catch (IOException e) {
      throw new KeyException(
          what + " " + path + " cannot be read: " + e.getMessage(), "Check " + option + ".", e);
    }
  }

  /** Writes a new file that only its owner may read. */
  static void writeSecret(Path path, String text) {
    write(path, text, "rw-------");
  }

  /** Writes a new file that all may read. */
  static void writePublic(Path path, String text) {
    write(path, text, "rw-r--r--");
  }

  private static void write(Path path, String text, String mode) {
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
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          int _ = channel.write(bytes);
        }
        if (channel instanceof FileChannel file) {
          file.force(true);
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException(
          "The file " + path + " is there already", "Name another; no key is ever overwritten.", e);
    } catch (IOException e) {
      throw new KeyException(
          "The key file " + path + " cannot be made: " + e.getMessage(),
          "Name another place for it, or give a password.",
          e);
    }
  }
}
