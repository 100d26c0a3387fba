package org.mailkeep.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folders below a root: made on demand, durable before use, never reached through links. */
final class LocalFolders {

  /** Mode 0700: sizes and times of objects are nobody else's business either. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  /**
   * Folders whose own name is known to be durable. That a folder exists does not say so: another
   * thread or process may have made it a moment ago and not have synced its parent yet.
   */
  private final Set<ObjectFolder> durable = ConcurrentHashMap.newKeySet();

  LocalFolders(Path root) {
    this.root = root;
  }

  /** The path of a folder, which exists or not, after making sure that no link leads there. */
  Path find(ObjectFolder folder) throws IOException {
    Path path = root;
    if (folder.isRoot()) {
      return path;
    }
    for (String segment : folder.path().split("/", -1)) {
      path = path.resolve(segment);
      if (!Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).isDirectory()) {
        throw new FileSystemException(
            path.toString(), null, folder + " is not a folder, and links are not followed");
      }
    }
    return path;
  }

  /** The path of a folder that exists, with all above it, and outlives a power cut. */
  Path make(ObjectFolder folder) throws IOException {
    if (!folder.isRoot() && !durable.contains(folder)) {
      Path parent = make(folder.parent().orElseThrow());
      try {
        Files.createDirectory(root.resolve(folder.path()), OWNER_ONLY);
      } catch (FileAlreadyExistsException e) {
        // As it should be; find() looks what it is.
      }
      sync(parent);
      durable.add(folder);
    }
    return find(folder);
  }

  /** Makes the names in a folder durable. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
