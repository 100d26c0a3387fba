package org.mailkeep.engine.recover;

import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.content.FilePlacement;
import org.mailkeep.mail.maildir.DovecotKeywords;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;
import org.mailkeep.unix.Output;

/**
 * A live folder that messages are delivered to, as https://cr.yp.to/proto/maildir.html says:
 * written in tmp, synced, and only then moved to new or cur. The times of those two are left to the
 * file system, for mail programs tell by them that something is new. For one thread.
 */
final class DeliveryFolder implements AutoCloseable {

  private static final FileName KEYWORDS = FileName.of("dovecot-keywords");
  private static final int LARGEST_KEYWORDS = 64 << 10;
  private static final int PRIVATE = 0600;
  private static final int PERMISSIONS = 0777;

  private final LiveFolder folder;
  private final Directory tmp;
  private final Directory cur;
  private final Directory fresh;
  private final MailOwner owner;
  private final Optional<Integer> mode;
  private final DovecotKeywords keywords;
  private boolean used;

  /**
   * Opens it.
   *
   * @param maildir the Maildir it is in; stays the caller's
   * @param modeElsewhere the permissions of messages in other folders
   */
  DeliveryFolder(LiveFolder folder, Directory maildir, Optional<Integer> modeElsewhere) {
    this.folder = folder;
    try (Directory opened = folder.open(maildir)) {
      this.tmp = opened.openDirectory(MaildirNames.TMP);
      this.cur = opened.openDirectory(MaildirNames.CUR);
      this.fresh = opened.openDirectory(MaildirNames.NEW);
      this.keywords = keywords(opened);
    }
    this.owner = MailOwner.of(cur);
    this.mode = modeIn(cur).or(() -> modeIn(fresh)).or(() -> modeElsewhere);
  }

  private static DovecotKeywords keywords(Directory folder) {
    Optional<Input> file = folder.openFileIfPresent(KEYWORDS);
    if (file.isEmpty()) {
      return DovecotKeywords.NONE;
    }
    try (Input input = file.get()) {
      return input.readAll(LARGEST_KEYWORDS).map(DovecotKeywords::of).orElse(DovecotKeywords.NONE);
    }
  }

  /** The permissions of some message in a directory. */
  static Optional<Integer> modeIn(Directory directory) {
    for (DirectoryEntry entry : directory.list()) {
      Optional<FileStat> stat =
          MessageName.isMessage(entry.name())
              ? directory.statIfPresent(entry.name())
              : Optional.empty();
      if (stat.isPresent() && stat.get().type() == FileType.REGULAR) {
        return stat.map(found -> found.mode() & PERMISSIONS);
      }
    }
    return Optional.empty();
  }

  LiveFolder folder() {
    return folder;
  }

  /**
   * Delivers a message.
   *
   * @param base the name that it gets, which nothing has
   * @param then what its flags for keywords stood for
   * @throws UnreadableException where its content is damaged; nothing was delivered
   */
  void deliver(StoredMessage message, FileName base, DovecotKeywords then, ContentReader content) {
    boolean delivered = false;
    try {
      write(message, base, content);
      used = true;
      if (message.isNew()) {
        tmp.renameNoReplace(base, fresh, base);
      } else {
        tmp.renameNoReplace(base, cur, named(message, base, then));
      }
      delivered = true;
    } finally {
      if (!delivered) {
        removeQuietly(base);
      }
    }
  }

  private FileName named(StoredMessage message, FileName base, DovecotKeywords then) {
    String flags = then.translate(message.name().flags(), keywords);
    return MessageName.of(base).withFlags(flags);
  }

  private void write(StoredMessage message, FileName name, ContentReader content) {
    Metadata metadata = message.entry().metadata();
    try (Output output = tmp.createFile(name, PRIVATE)) {
      FilePlacement placement = new FilePlacement(output);
      content.write(message.recipe(), placement);
      long length = placement.length();
      placement.finish();
      if (length != message.size()) {
        throw new DamagedException(
            message.entry().name().toString(),
            "its recipe gives " + length + " bytes of " + message.size());
      }
      owner.give(output);
      output.mode(mode.orElse(metadata.mode() & PERMISSIONS));
      output.modified(metadata.mtimeSeconds(), metadata.mtimeNanos());
      output.sync();
    }
  }

  private void removeQuietly(FileName name) {
    try {
      tmp.unlink(name);
    } catch (SystemCallException e) {
      // It was never made, or cannot be removed: the failure that led here is the one to tell.
    }
  }

  /** Returns when what was delivered is on disk. */
  void sync() {
    if (used) {
      cur.sync();
      fresh.sync();
      used = false;
    }
  }

  @Override
  public void close() {
    tmp.close();
    cur.close();
    fresh.close();
  }
}
