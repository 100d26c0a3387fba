package org.mailkeep.engine.recover;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.DovecotKeywords;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;

/**
 * Delivers messages to the folders that they belong in, which are made where they are missing. One
 * folder is open at a time. Without names it only tells. For one thread.
 */
final class Deliveries implements AutoCloseable {

  private static final FileName KEYWORDS = FileName.of("dovecot-keywords");
  private static final int LARGEST_KEYWORDS = 64 << 10;
  private static final int PRIVATE = 0600;

  private final StoredMailbox stored;
  private final LiveMailbox live;
  private final ContentReader content;
  private final Optional<FolderName> into;
  private final RecoverObserver observer;
  private final Optional<UniqueNames> names;
  private final QuotaFile quota;
  private final Map<FolderName, DovecotKeywords> keywords = new HashMap<>();
  private Optional<DeliveryFolder> current = Optional.empty();

  /**
   * @param into where all goes; empty where each message goes to its own folder
   * @param names makes names for the files; empty where nothing is to be written
   */
  Deliveries(
      StoredMailbox stored,
      LiveMailbox live,
      ContentReader content,
      Optional<FolderName> into,
      RecoverObserver observer,
      Optional<UniqueNames> names) {
    this.stored = stored;
    this.live = live;
    this.content = content;
    this.into = into;
    this.observer = observer;
    this.names = names;
    this.quota = new QuotaFile(live.maildir());
  }

  /** Delivers a message of a folder. */
  void deliver(StoredMailbox.Folder from, StoredMessage message) {
    FolderName to = into.orElse(from.name());
    if (names.isPresent()) {
      DovecotKeywords then = keywords.computeIfAbsent(from.name(), _ -> keywords(from));
      folder(to).deliver(message, names.get().next(message.name()), then, content);
      quota.added(to, message.name(), message.size());
    }
    observer.missing(new MissingMessage(message, to));
  }

  private DovecotKeywords keywords(StoredMailbox.Folder folder) {
    return stored
        .read(folder, KEYWORDS, LARGEST_KEYWORDS)
        .map(DovecotKeywords::of)
        .orElse(DovecotKeywords.NONE);
  }

  private DeliveryFolder folder(FolderName name) {
    if (current.isEmpty() || !current.get().folder().name().equals(name)) {
      closeCurrent();
      LiveFolder folder = live.folder(name).orElseGet(() -> make(name));
      current = Optional.of(new DeliveryFolder(folder, live.maildir(), inboxMode()));
    }
    return current.get();
  }

  private LiveFolder make(FolderName name) {
    Directory maildir = live.maildir();
    MailOwner owner = MailOwner.of(maildir);
    LiveFolder made = new FolderMaker(live, owner, inboxMode().orElse(PRIVATE)).make(name);
    made.directory()
        .flatMap(directory -> new Subscriptions(maildir, owner).add(directory))
        .ifPresent(
            problem ->
                observer.warning(
                    "The new folder " + name + " could not be subscribed to: " + problem));
    return made;
  }

  /** The permissions of messages in the INBOX. */
  private Optional<Integer> inboxMode() {
    try (Directory cur = live.maildir().openDirectory(MaildirNames.CUR)) {
      return DeliveryFolder.modeIn(cur);
    }
  }

  private void closeCurrent() {
    if (current.isPresent()) {
      try (DeliveryFolder folder = current.get()) {
        folder.sync();
      } finally {
        current = Optional.empty();
        quota.write();
      }
    }
  }

  @Override
  public void close() {
    closeCurrent();
  }
}
