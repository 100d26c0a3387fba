package org.mailkeep.engine.move;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;
import org.mailkeep.unix.Output;
import org.mailkeep.unix.RecordLock;

/**
 * A text file that vpopmail and people change too. It is replaced as a whole, under the lock that
 * vpopmail takes for the same purpose: fcntl(2) on {@code NAME.lock} beside it, which stays there
 * (update_file() of vpopmail.c). Owner, mode and attributes stay what they were.
 */
final class SharedFile {

  /** What vpopmail gives the files of qmail that it makes (VPOPMAIL_QMAIL_MODE). */
  private static final int NEW_MODE = 0644;

  private static final int LOCK_MODE = 0600;
  private static final int ATTEMPTS = 100;
  private static final int PAUSE_MILLIS = 100;

  private SharedFile() {}

  /** The content; empty where there is no such file. */
  static Optional<byte[]> read(Directory directory, FileName name) {
    refuseLink(directory, name);
    Optional<Input> input = directory.openFileIfPresent(name);
    if (input.isEmpty()) {
      return Optional.empty();
    }
    try (Input open = input.get()) {
      Optional<byte[]> content = open.readAll(OldServer.LARGEST);
      if (content.isEmpty()) {
        throw new RefusedException(open.path() + " is too large for what it should be", "");
      }
      return content;
    }
  }

  /** A link would be replaced by a file, and what it leads to would stay as it was. */
  private static void refuseLink(Directory directory, FileName name) {
    if (directory.statIfPresent(name).filter(s -> s.type() == FileType.SYMLINK).isPresent()) {
      throw new RefusedException(
          directory.path().resolve(name) + " is a link",
          "Put the file itself in its place: vpopmail replaces it, too.");
    }
  }

  /**
   * Changes a file. One that is missing counts as empty, and is made when something comes into it.
   *
   * @param seen its path, as the server sees it
   * @return what is different now
   */
  static FileChange edit(
      Directory directory, FileName name, RawPath seen, UnaryOperator<byte[]> change) {
    // Where nothing is to change, vpopmail need not wait.
    byte[] now = read(directory, name).orElse(new byte[0]);
    if (Arrays.equals(now, change.apply(now))) {
      return FileChange.between(seen, now, now);
    }
    try (RecordLock _ = lock(directory, name)) {
      byte[] before = read(directory, name).orElse(new byte[0]);
      byte[] after = change.apply(before);
      if (!Arrays.equals(before, after)) {
        replace(directory, name, after);
      }
      return FileChange.between(seen, before, after);
    }
  }

  private static RecordLock lock(Directory directory, FileName name) {
    FileName lock = FileName.of(name.text() + ".lock");
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<RecordLock> held = RecordLock.tryExclusiveOrCreate(directory, lock, LOCK_MODE);
      if (held.isPresent()) {
        return held.get();
      }
      pause();
    }
    throw new RefusedException(
        directory.path().resolve(name)
            + " is being changed by another program, which holds "
            + lock,
        "Let it end, and run the same command again.");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void replace(Directory directory, FileName name, byte[] content) {
    // Under the lock there is one writer; what a killed one left is nobody's.
    FileName temporary = FileName.of(name.text() + ".mailkeep");
    if (directory.statIfPresent(temporary).isPresent()) {
      directory.unlink(temporary);
    }
    try (Output output = directory.createFile(temporary, LOCK_MODE)) {
      output.write(content, 0, content.length);
      keepMetadata(directory, name, output);
      output.sync();
    }
    directory.rename(temporary, directory, name);
    directory.sync();
  }

  private static void keepMetadata(Directory directory, FileName name, Output output) {
    Optional<Input> present = directory.openFileIfPresent(name);
    if (present.isEmpty()) {
      output.mode(NEW_MODE);
      return;
    }
    try (Input old = present.get()) {
      FileStat stat = old.statAtOpen();
      output.owner(stat.uid(), stat.gid());
      output.mode(stat.mode());
      for (byte[] attribute : old.attributes()) {
        output.setAttribute(attribute, old.attribute(attribute));
      }
    }
  }
}
