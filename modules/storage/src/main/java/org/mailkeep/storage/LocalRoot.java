package org.mailkeep.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;

/** The folder that a local storage stands in. */
final class LocalRoot {

  private LocalRoot() {}

  /** Makes the folder and those above it, or takes an empty one. */
  static void create(Path root) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new RefusedException(root + " is not a folder", "Choose another path.");
    }
    try {
      make(root.toAbsolutePath());
      if (!isEmpty(root)) {
        throw new RefusedException(root + " is not empty", "Choose a new or an empty folder.");
      }
    } catch (IOException e) {
      throw LocalFailure.of(root, "make the folder", e);
    }
  }

  /** The folder without links. */
  static Path find(Path root) {
    if (!Files.isDirectory(root)) {
      throw new NotFoundException(
          "There is no folder " + root,
          "Check the path, and that its disk is mounted; 'mailkeep init' makes a new repository.");
    }
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw LocalFailure.of(root, "find the folder", e);
    }
  }

  private static void make(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null || Files.isDirectory(folder)) {
      return;
    }
    make(parent);
    Files.createDirectory(folder, LocalFolders.OWNER_ONLY);
    LocalFolders.sync(parent);
  }

  /** Whether nothing is there but what a file system or a cut-off attempt leaves by itself. */
  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (!name.equals("lost+found") && !name.startsWith(TemporaryFile.PREFIX)) {
          return false;
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
