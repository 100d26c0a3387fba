package org.mailkeep.engine.export;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;

/**
 * A file that has its name only when it is complete and on disk. Nobody but its owner may read it:
 * it holds mail.
 */
public final class ArchiveFile implements AutoCloseable {

  private final Path target;
  private final boolean replace;
  private final Path temporary;
  private final FileChannel channel;

  private ArchiveFile(Path target, boolean replace) throws IOException {
    this.target = target;
    this.replace = replace;
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    this.temporary = target.resolveSibling("." + target.getFileName() + "." + random);
    this.channel =
        FileChannel.open(
            temporary,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /**
   * Begins a file.
   *
   * @param replace whether one that is there may be replaced
   * @throws RefusedException where there is one, and it may not
   */
  public static ArchiveFile create(Path target, boolean replace) {
    Path whole = target.toAbsolutePath();
    refuse(whole, replace);
    try {
      return new ArchiveFile(whole, replace);
    } catch (IOException e) {
      throw failure(whole, e);
    }
  }

  private static void refuse(Path target, boolean replace) {
    boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (there && (!replace || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS))) {
      throw new RefusedException(
          target + " is there already",
          replace ? "It is no regular file." : "Name another file, or replace it with --force.");
    }
  }

  private static StorageException failure(Path target, IOException e) {
    return new StorageException(
        target + " cannot be written: " + e.getMessage(),
        "See that its folder is there, can be written and has room.",
        e);
  }

  /** Where to write it. */
  public OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** All was written: brings it to disk and gives it its name. */
  public void commit() {
    try {
      channel.force(true);
      channel.close();
      refuse(target, replace);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      Path folder = target.getParent();
      if (folder != null) {
        try (FileChannel directory = FileChannel.open(folder, READ)) {
          directory.force(true);
        }
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }
}
