package org.mailkeep.service.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.unix.DurableFile;

/** Where a host keeps what it remembers of one configuration; one run at a time has it. */
public final class StateFolder {

  private static final long LARGEST = 1 << 24;

  private final Path folder;

  private StateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * That of a configuration.
   *
   * @param stateDirectory of this host
   * @param configuration the file
   */
  public static StateFolder of(Path stateDirectory, Path configuration) {
    String name =
        UUID.nameUUIDFromBytes(
                configuration
                    .toAbsolutePath()
                    .normalize()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8))
            .toString();
    return new StateFolder(stateDirectory.resolve("runs").resolve(name));
  }

  /**
   * What is remembered; nothing where it cannot be read.
   *
   * @param problem is told then
   */
  public RunState load(Consumer<String> problem) {
    Path file = file();
    try {
      if (Files.size(file) <= LARGEST) {
        Optional<RunState> state = RunState.decode(Files.readString(file));
        if (state.isPresent()) {
          return state.get();
        }
      }
      problem.accept(file + " is damaged and is made anew: all steps count as due");
    } catch (NoSuchFileException e) {
      // The first run.
    } catch (IOException e) {
      problem.accept(file + " cannot be read: " + e.getMessage() + "; all steps count as due");
    }
    return new RunState();
  }

  private Path file() {
    return folder.resolve("state");
  }

  /** Remembers. */
  public void save(RunState state) {
    try {
      DurableFile.write(file(), state.encode().getBytes(StandardCharsets.UTF_8), "rw-------");
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The right to run, until it is closed; empty where another run has it. */
  public Optional<AutoCloseable> lock() {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(channel);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private StorageException failure(IOException e) {
    return new StorageException(
        "What runs remember in " + folder + " cannot be written: " + e.getMessage(),
        "See that the folder can be written, or name another with --state-dir.",
        e);
  }
}
