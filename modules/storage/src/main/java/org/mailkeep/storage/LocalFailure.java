package org.mailkeep.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.mailkeep.model.error.StorageException;

/** Turns what the file system says into what a person can act on. */
final class LocalFailure {

  /** With less room than this no further object fits, whatever the error's words. */
  private static final long FULL = 64 << 10;

  private LocalFailure() {}

  /**
   * @param root the storage's folder
   * @param task what was tried and on which object, such as "store keys/17"
   */
  static StorageException of(Path root, String task, IOException e) {
    return new StorageException(
        "Cannot " + task + " in " + root + ": " + reason(e), advice(root, e), e);
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return switch (e) {
      case AccessDeniedException _ -> "Permission denied";
      case NoSuchFileException _ -> "No such file or directory";
      case FileAlreadyExistsException _ -> "File exists";
      case ClosedByInterruptException _ -> "It was interrupted";
      default -> reason == null ? e.getClass().getSimpleName() : reason;
    };
  }

  private static String advice(Path root, IOException e) {
    String reason = reason(e);
    if (e instanceof ClosedByInterruptException) {
      return "";
    }
    if (e instanceof AccessDeniedException || reason.contains("not permitted")) {
      return "Run as the user who owns " + root + ", or correct its owner and mode.";
    }
    if (!Files.isDirectory(root)) {
      return "Is the disk of " + root + " mounted?";
    }
    if (reason.contains("No space left") || reason.contains("quota") || isFull(root)) {
      return "Make room on the file system of " + root + " and try again; what is stored is safe.";
    }
    if (reason.contains("Read-only")) {
      return "Mount the file system of " + root + " for writing.";
    }
    return "Try again; if it stays, look into the kernel's log and check the disk of " + root + ".";
  }

  // The words of an error depend on the locale, the room does not.
  private static boolean isFull(Path root) {
    try {
      return Files.getFileStore(root).getUsableSpace() < FULL;
    } catch (IOException e) {
      return false;
    }
  }
}
