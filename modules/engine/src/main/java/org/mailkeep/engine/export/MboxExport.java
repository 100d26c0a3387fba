package org.mailkeep.engine.export;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/**
 * The messages of one Maildir folder as mbox: those of {@code cur} and {@code new} together, in the
 * order of their names, which begin with the second of delivery.
 */
final class MboxExport {

  private final SnapshotTree tree;
  private final MboxSink mbox;
  private final ExportObserver observer;
  private final Cancellation cancellation;

  MboxExport(SnapshotTree tree, MboxSink mbox, ExportObserver observer, Cancellation cancellation) {
    this.tree = tree;
    this.mbox = mbox;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /** Messages of one directory, the next of them known. */
  private static final class Messages {
    private final RawPath path;
    private final Iterator<Entry> entries;
    private Optional<Entry> next = Optional.empty();

    Messages(RawPath path, Iterator<Entry> entries) {
      this.path = path;
      this.entries = entries;
      advance();
    }

    void advance() {
      next = Optional.empty();
      while (next.isEmpty() && entries.hasNext()) {
        Entry entry = entries.next();
        boolean message =
            entry.body() instanceof Body.RegularFile && MessageName.isMessage(entry.name());
        next = message ? Optional.of(entry) : Optional.empty();
      }
    }

    boolean isBefore(Messages other) {
      return next.isPresent()
          && (other.next.isEmpty() || next.get().name().compareTo(other.next.get().name()) <= 0);
    }
  }

  /**
   * Writes a folder.
   *
   * @throws UsageException where it is no folder of messages
   */
  void write(SnapshotTree.Found folder) throws IOException {
    Optional<SnapshotTree.Found> cur = tree.find(folder.path().resolve(MaildirNames.CUR));
    Optional<SnapshotTree.Found> fresh = tree.find(folder.path().resolve(MaildirNames.NEW));
    if (!isDirectory(cur) && !isDirectory(fresh)) {
      throw new UsageException(
          folder.path() + " is no mail folder: it has neither cur nor new",
          "Name a Maildir or one of its folders, such as …/anna/Maildir/.Sent, or use another"
              + " format.");
    }
    observer.expected(folder.entry().files(), folder.entry().size());
    Messages read = messages(cur);
    Messages unread = messages(fresh);
    while (read.next.isPresent() || unread.next.isPresent()) {
      cancellation.check();
      Messages first = read.isBefore(unread) ? read : unread;
      write(first.path, first.next.orElseThrow());
      first.advance();
    }
  }

  private static boolean isDirectory(Optional<SnapshotTree.Found> found) {
    return found.filter(there -> there.entry().body() instanceof Body.Directory).isPresent();
  }

  private Messages messages(Optional<SnapshotTree.Found> found) {
    if (found.isPresent() && found.get().entry().body() instanceof Body.Directory directory) {
      return new Messages(found.get().path(), tree.entries(directory).iterator());
    }
    return new Messages(RawPath.ROOT, Collections.emptyIterator());
  }

  private void write(RawPath directory, Entry entry) throws IOException {
    RawPath path = directory.resolve(entry.name());
    observer.writing(path);
    mbox.add(path, entry);
    observer.done(1, entry.size());
  }
}
