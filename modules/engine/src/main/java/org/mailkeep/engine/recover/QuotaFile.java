package org.mailkeep.engine.recover;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Output;

/**
 * Tells {@code maildirsize}, where a mailbox has one, what was added: a line of bytes and messages
 * at its end, as each program that delivers does (Courier's README.maildirquota.html). It is never
 * removed, for its first line may be the only place that knows the quota. Mail in the trash, and
 * what is marked as deleted, does not count. For one thread.
 */
final class QuotaFile {

  private static final FileName NAME = FileName.of("maildirsize");
  private static final String TRASH = "Trash";

  private final Directory maildir;
  private long bytes;
  private long messages;

  QuotaFile(Directory maildir) {
    this.maildir = maildir;
  }

  /** A message of so many bytes was added to a folder. */
  void added(FolderName folder, MessageName name, long size) {
    boolean counts = !name.has('T') && !folder.path().equals(java.util.List.of(TRASH));
    if (counts) {
      bytes += name.size().orElse(size);
      messages++;
    }
  }

  /** Writes what was added since the last time. */
  void write() {
    if (messages == 0 || !isThere()) {
      return;
    }
    byte[] line = (bytes + " " + messages + "\n").getBytes(StandardCharsets.US_ASCII);
    Optional<Output> opened = maildir.appendFileIfPresent(NAME);
    if (opened.isPresent()) {
      try (Output file = opened.get()) {
        file.write(line, 0, line.length);
      }
    }
    bytes = 0;
    messages = 0;
  }

  private boolean isThere() {
    try {
      return maildir.statIfPresent(NAME).map(FileStat::type).equals(Optional.of(FileType.REGULAR));
    } catch (SystemCallException e) {
      return false;
    }
  }
}
