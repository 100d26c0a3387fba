package org.mailkeep.engine.restore;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.SystemCallException;
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

  private final RestoreSettings.Existing existing;
  private final MetadataWriter metadata;
  private final AccountFileWriting accounts;
  private final RestoreLog log;
  private final AtomicLong names = new AtomicLong();

  FileWriting(
      RestoreSettings.Existing existing,
      MetadataWriter metadata,
      AccountFileWriting accounts,
      RestoreLog log) {
    this.accounts = accounts;
    this.existing = existing;
    this.metadata = metadata;
    this.log = log;
  }

  /** Writes the file of a job and says whether it did; what goes wrong with it is logged. */
  boolean write(FileJob job, ContentReader content) {
    Entry entry = job.entry();
    Directory directory = job.directory().open();
    try {
      if (existing == RestoreSettings.Existing.SKIP
          && directory.statIfPresent(entry.name()).isPresent()) {
        log.skipped(entry.size());
        return false;
      }
      writeNew(job, directory, content);
      log.restored(entry.size());
      return true;
    } catch (SystemCallException e) {
      if (isHopeless(e)) {
        throw e;
      }
      log.problem(job.path(), e.problem());
    } catch (DamagedException e) {
      log.problem(job.path(), "not restored: " + e.getMessage());
    }
    return false;
  }

  /** Whether all that follows would fail like this. */
  static boolean isHopeless(SystemCallException e) {
    return e.errno() == Errno.ENOSPC || e.errno() == Errno.EDQUOT || e.errno() == Errno.EROFS;
  }

  private void writeNew(FileJob job, Directory directory, ContentReader content) {
    FileName temporary = temporaryName();
    boolean done = false;
    try {
      make(job, directory, temporary, content);
      appear(directory, temporary, job.entry().name());
      done = true;
    } finally {
      if (!done) {
        removeQuietly(directory, temporary);
      }
    }
  }

  private void make(FileJob job, Directory directory, FileName name, ContentReader content) {
    Entry entry = job.entry();
    switch (entry.body()) {
      case Body.RegularFile file -> writeContent(job, file, directory, name, content);
      case Body.SymbolicLink link -> {
        directory.symbolicLink(link.target().bytes(), name);
        metadata.apply(entry.metadata(), directory, name, true, job.path());
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
    metadata.apply(job.entry().metadata(), directory, name, false, job.path());
  }

  private void writeContent(
      FileJob job,
      Body.RegularFile file,
      Directory directory,
      FileName name,
      ContentReader content) {
    try (Output output = directory.createFile(name, PRIVATE)) {
      Placement placement = new Placement(output);
      Optional<AccountFileWriting.Passage> passage = accounts.passage(job, placement);
      content.write(file.recipe(), passage.<ContentReader.Target>map(p -> p).orElse(placement));
      long length = passage.map(AccountFileWriting.Passage::finish).orElseGet(placement::length);
      placement.finish();
      if (length != file.size()) {
        throw new DamagedException(
            job.path().toString(), "its recipe gives " + length + " bytes of " + file.size());
      }
      passage.ifPresent(AccountFileWriting.Passage::tell);
      metadata.apply(job.entry().metadata(), output, job.path());
    }
  }

  /** Puts the bytes of a file in their places. */
  private static final class Placement implements ContentReader.Target {
    private final Output output;
    private byte[] buffer = new byte[128 << 10];
    private int filled;
    private long position;
    private boolean endsInHole;

    Placement(Output output) {
      this.output = output;
    }

    @Override
    public void bytes(byte[] source, int offset, int length) {
      if (length > buffer.length - filled) {
        flush();
      }
      if (length >= buffer.length) {
        output.write(position, source, offset, length);
        position += length;
      } else {
        System.arraycopy(source, offset, buffer, filled, length);
        filled += length;
      }
      endsInHole = false;
    }

    @Override
    public void hole(long length) {
      flush();
      position += length;
      endsInHole = true;
    }

    private void flush() {
      if (filled > 0) {
        output.write(position, buffer, 0, filled);
        position += filled;
        filled = 0;
      }
    }

    void finish() {
      flush();
      if (endsInHole) {
        output.truncate(position);
      }
    }

    long length() {
      return position + filled;
    }
  }

  private void appear(Directory directory, FileName temporary, FileName name) {
    if (existing == RestoreSettings.Existing.REPLACE) {
      directory.rename(temporary, directory, name);
    } else {
      directory.renameNoReplace(temporary, directory, name);
    }
  }

  /** Gives a file that is back already a second name. */
  void link(FileJob job, Directory firstDirectory, FileName firstName) {
    Directory directory = job.directory().open();
    FileName name = job.entry().name();
    boolean present = directory.statIfPresent(name).isPresent();
    if (present && existing == RestoreSettings.Existing.SKIP) {
      log.skipped(job.entry().size());
      return;
    }
    if (present && existing == RestoreSettings.Existing.REPLACE) {
      directory.unlink(name);
    }
    directory.hardLink(firstDirectory, firstName, name);
    log.restored(job.entry().size());
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
