package org.mailkeep.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An object's bytes under a temporary name beside its place, until it gets its own name. Closing
 * removes the temporary name.
 *
 * <p>The name is given by link(2), not by rename(2): a link fails when the name is taken, in one
 * step for all processes of all hosts, while a rename replaces silently. File systems without hard
 * links (FAT, some network mounts) get a look and a rename under a lock, which is as good among the
 * processes of one host.
 */
final class TemporaryFile implements Closeable {

  /** What temporary names begin with; no object's name can. */
  static final String PREFIX = ".tmp-";

  private static final String LOCK = ".rename-lock";
  private static final Object LOCK_IN_THIS_PROCESS = new Object();

  /**
   * Mode 0400, for an object never changes: a stray redirection or editor fails instead of damaging
   * it. Deleting needs the folder's mode only.
   */
  private static final FileAttribute<Set<PosixFilePermission>> READ_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));

  private final Path path;

  private TemporaryFile(Path path) {
    this.path = path;
  }

  /** A new, empty one. */
  static TemporaryFile in(Path folder) {
    long random = ThreadLocalRandom.current().nextLong();
    return new TemporaryFile(folder.resolve(PREFIX + HexFormat.of().toHexDigits(random)));
  }

  /** Writes and syncs all bytes. */
  void write(ObjectContent content) throws IOException {
    try (FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, WRITE), READ_ONLY)) {
      for (ByteBuffer slice : content) {
        Windows.through(slice, channel::write);
        if (content.isPaced()) {
          channel.force(false);
        }
      }
      if (channel.position() != content.length()) {
        throw new IllegalStateException(
            "Content of " + channel.position() + " bytes said it had " + content.length());
      }
      channel.force(true);
    }
  }

  /**
   * Gives the file its own name; false when that is taken.
   *
   * @param root where the lock stands if one is needed
   */
  boolean name(Path target, Path root) throws IOException {
    try {
      Files.createLink(target, path);
      return true;
    } catch (FileAlreadyExistsException e) {
      // A network file system may have lost the first answer to this very link.
      Object there = key(target);
      return there != null && there.equals(key(path));
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return rename(target, root);
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
  }

  /** As {@link #name} where there are no hard links. */
  boolean rename(Path target, Path root) throws IOException {
    synchronized (LOCK_IN_THIS_PROCESS) {
      try (FileChannel channel = FileChannel.open(root.resolve(LOCK), CREATE, WRITE);
          FileLock _ = channel.lock()) {
        if (Files.exists(target, NOFOLLOW_LINKS)) {
          return false;
        }
        Files.move(path, target, ATOMIC_MOVE);
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
