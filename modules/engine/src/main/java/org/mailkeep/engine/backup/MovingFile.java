package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.Input;

/**
 * Opens files that may have another name than when they were listed. A message that lost its name
 * has usually got other flags, or was seen and went from {@code new} to {@code cur}; there too it
 * is looked for, because {@code cur} may have been listed before it came.
 */
final class MovingFile {

  /** A server renames a message now and then, not without end. */
  private static final int ATTEMPTS = 16;

  private MovingFile() {}

  /**
   * An open file.
   *
   * @param name the name it has in the directory where it was listed
   */
  record Opened(FileName name, Input input) {}

  /** Opens the file; empty where it is gone. */
  static Optional<Opened> open(Directory directory, FileReading.Job job) {
    Optional<Opened> opened = openHere(directory, job.name(), job);
    if (opened.isPresent() || !job.message() || !isNew(directory)) {
      return opened;
    }
    try (Directory cur = Directory.open(directory.path().parent().resolve(MaildirNames.CUR))) {
      // It keeps the name that it had: where it is now, it is found or not, as chance has it.
      return openHere(cur, job.name(), job).map(found -> new Opened(job.name(), found.input));
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<Opened> openHere(
      Directory directory, FileName first, FileReading.Job job) {
    FileName name = first;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Input> input = directory.openFileIfPresent(name);
      if (input.isPresent()) {
        return Optional.of(new Opened(name, input.get()));
      }
      Optional<FileName> now =
          job.message() ? renamed(directory, job.name(), job.stat().inode()) : Optional.empty();
      if (now.isEmpty()) {
        return Optional.empty();
      }
      name = now.get();
    }
    return Optional.empty();
  }

  /**
   * The name that a message has now, found by the unique part of its name and its inode. Looked for
   * twice, for a listing may miss what is renamed during it.
   */
  private static Optional<FileName> renamed(Directory directory, FileName name, long inode) {
    return listed(directory, name, inode).or(() -> listed(directory, name, inode));
  }

  private static Optional<FileName> listed(Directory directory, FileName name, long inode) {
    List<FileName> found = new ArrayList<>();
    directory.forEachName(
        (bytes, length, number, _) -> {
          if (number == inode && found.isEmpty()) {
            FileName other = FileName.of(bytes, 0, length);
            if (MessageName.sameBase(other, name)) {
              found.add(other);
            }
          }
        });
    return found.stream().findFirst();
  }

  private static boolean isNew(Directory directory) {
    return directory.path().names().getLast().equals(MaildirNames.NEW);
  }
}
