package org.mailkeep.engine.restore;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.content.FilePlacement;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Output;

/**
 * Writes single files. Each is complete, with all its metadata, before it has its name. Safe for
 * use by many threads.
 */
final class FileWriting {

  private static final int PRIVATE = 0600;

  private final MetadataWriter metadata;
  private final AccountFiles accounts;
  private final RestoreLog log;
  private final AtomicLong names = new AtomicLong();

  FileWriting(MetadataWriter metadata, AccountFiles accounts, RestoreLog log) {
    this.metadata = metadata;
    this.accounts = accounts;
    this.log = log;
  }

  /** Does what was decided and says whether all went well; what goes wrong is logged. */
  boolean perform(FileJob job, Change change, ContentReader content) {
    return attempt(
        job,
        () -> {
          switch (change) {
            case MAKE, REPLACE -> {
              write(job, change, content);
              log.restored(job);
            }
            case MEND -> {
              FileType type = EntryComparison.typeOf(job.entry().body());
              metadata.apply(job.entry().metadata(), job.node(), type, job.path());
              log.mended(job.entry().size());
            }
            case KEEP -> log.kept(job.entry().size());
            case BLOCKED, REMOVE ->
                log.problem(job.path(), "not restored: something has its name by now");
          }
        });
  }

  /**
   * Gives a file that is back already a second name.
   *
   * @throws SystemCallException where the file system makes no such link; nothing was changed
   */
  void link(FileJob job, Change change, Directory firstDirectory, FileName firstName) {
    FileName temporary = temporaryName();
    job.directory().hardLink(firstDirectory, firstName, temporary);
    boolean done = false;
    try {
      appear(job.directory(), temporary, job.entry().name(), change);
      done = true;
    } finally {
      if (!done) {
        removeQuietly(job.directory(), temporary);
      }
    }
    log.restored(job);
  }

  private boolean attempt(FileJob job, Runnable work) {
    try {
      work.run();
      return true;
    } catch (SystemCallException e) {
      if (isHopeless(e)) {
        throw e;
      }
      log.problem(job.path(), e.problem());
    } catch (UnreadableException e) {
      log.problem(job.path(), "not restored: " + e.getMessage());
    }
    return false;
  }

  /** Whether all that follows would fail like this. */
  static boolean isHopeless(SystemCallException e) {
    return e.errno() == Errno.ENOSPC || e.errno() == Errno.EDQUOT || e.errno() == Errno.EROFS;
  }

  private void write(FileJob job, Change change, ContentReader content) {
    FileName temporary = temporaryName();
    boolean done = false;
    try {
      make(job, job.directory(), temporary, content);
      appear(job.directory(), temporary, job.entry().name(), change);
      done = true;
    } finally {
      if (!done) {
        removeQuietly(job.directory(), temporary);
      }
    }
  }

  private void make(FileJob job, Directory directory, FileName name, ContentReader content) {
    Entry entry = job.entry();
    switch (entry.body()) {
      case Body.RegularFile file -> writeContent(job, file, directory, name, content);
      case Body.SymbolicLink link -> {
        directory.symbolicLink(link.target().bytes(), name);
        applyByName(job, directory, name, FileType.SYMLINK);
      }
      case Body.Fifo _ -> makeNode(job, directory, name, FileType.FIFO, 0, 0);
      case Body.Socket _ -> makeNode(job, directory, name, FileType.SOCKET, 0, 0);
      case Body.Device device ->
          makeNode(
              job,
              directory,
              name,
              device.block() ? FileType.BLOCK_DEVICE : FileType.CHARACTER_DEVICE,
              device.major(),
              device.minor());
      case Body.Directory _ -> throw new IllegalStateException("a directory is no file");
    }
  }

  private void makeNode(
      FileJob job, Directory directory, FileName name, FileType type, int major, int minor) {
    directory.makeNode(name, type, PRIVATE, major, minor);
    applyByName(job, directory, name, type);
  }

  private void applyByName(FileJob job, Directory directory, FileName name, FileType type) {
    metadata.apply(job.entry().metadata(), TargetNode.of(directory, name), type, job.path());
  }

  private void writeContent(
      FileJob job,
      Body.RegularFile file,
      Directory directory,
      FileName name,
      ContentReader content) {
    try (Output output = directory.createFile(name, PRIVATE)) {
      FilePlacement placement = new FilePlacement(output);
      if (accounts.isTooLarge(job)) {
        log.problem(job.path(), "restored with the owners of the snapshot in it: it is too large");
      }
      Optional<AccountFiles.Passage> passage = accounts.passage(job, placement);
      content.write(file.recipe(), passage.<ContentReader.Target>map(p -> p).orElse(placement));
      long length = passage.map(AccountFiles.Passage::finish).orElseGet(placement::length);
      placement.finish();
      if (length != file.size()) {
        throw new DamagedException(
            job.path().toString(), "its recipe gives " + length + " bytes of " + file.size());
      }
      passage.flatMap(AccountFiles.Passage::rewritten).ifPresent(log::rewritten);
      TargetNode node = TargetNode.of(output);
      metadata.apply(job.entry().metadata(), node, FileType.REGULAR, job.path());
    }
  }

  private static void appear(
      Directory directory, FileName temporary, FileName name, Change change) {
    if (change == Change.REPLACE) {
      directory.rename(temporary, directory, name);
    } else {
      directory.renameNoReplace(temporary, directory, name);
    }
  }

  private static void removeQuietly(Directory directory, FileName name) {
    try {
      directory.unlink(name);
    } catch (SystemCallException e) {
      // It was never made, or cannot be removed: the failure that led here is the one to tell.
    }
  }

  private FileName temporaryName() {
    return FileName.of(
        ".mailkeep-" + ProcessHandle.current().pid() + "-" + names.incrementAndGet());
  }
}
