package org.mailkeep.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Walks object folders, which others may change meanwhile. */
final class LocalWalk {

  private LocalWalk() {}

  /** Sees each regular file, whatever its name. */
  @FunctionalInterface
  interface Visitor {
    /** The file of this name in this folder. */
    void file(ObjectFolder folder, String name, Path path, BasicFileAttributes attributes)
        throws IOException;
  }

  /** Visits a folder and those below; what is missing by the time its turn comes is left out. */
  static void walk(Path path, ObjectFolder folder, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        visit(entry, folder, visitor);
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void visit(Path entry, ObjectFolder folder, Visitor visitor) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    String name = String.valueOf(entry.getFileName());
    if (attributes.isRegularFile()) {
      visitor.file(folder, name, entry, attributes);
    } else if (!ObjectFolder.isSegment(name)) {
      return;
    } else if (attributes.isSymbolicLink()) {
      // Left out in silence, it would make a store look emptier than its owner believes.
      throw new FileSystemException(entry.toString(), null, entry + " is a link, not followed");
    } else if (attributes.isDirectory() && folder.depth() < ObjectFolder.DEEPEST) {
      walk(entry, folder.folder(name), visitor);
    }
  }
}
