package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mailkeep.mail.mailbox.MailAddress;
import org.mailkeep.mail.mailbox.MailboxPath;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;

/**
 * The history of all messages in all snapshots, as this host's state has it; {@link HistoryUpdate}
 * brings that up to date. For one thread.
 */
public final class History {

  private final HistoryTables tables;
  private final SnapshotLog snapshots;

  /**
   * The history in this state.
   *
   * @param present the ids of the snapshots in the repository: what only others have is not found
   */
  public History(StateDatabase state, Set<ObjectId> present) {
    this.tables = new HistoryTables(state);
    this.snapshots = new SnapshotLog(tables.snapshots(), present);
  }

  /**
   * What a search found.
   *
   * @param messages by date
   * @param more whether there are others, too
   */
  public record Result(List<FoundMessage> messages, boolean more) {
    /** Copies the list. */
    public Result {
      messages = List.copyOf(messages);
    }
  }

  /**
   * The messages that a query asks for.
   *
   * @param limit how many at most; of more, those that came to the history last
   */
  public Result find(HistoryQuery query, int limit) {
    return new MessageSearch(tables, snapshots).find(query, limit);
  }

  /** Calls back with each message that a query asks for, those first that came first. */
  public void forEach(HistoryQuery query, Consumer<FoundMessage> visitor) {
    new MessageSearch(tables, snapshots).forEach(query, visitor);
  }

  /**
   * The base names of the messages that were in a mailbox at any time and that a query asks for.
   *
   * @param snapshot a snapshot with that mailbox
   * @return empty where the history does not know all of this snapshot
   */
  public Optional<Set<FileName>> names(Snapshot snapshot, RawPath maildir, MessageQuery query) {
    String host = snapshot.manifest().host();
    return snapshots.knows(snapshot.id())
        ? tables
            .mailbox(host, maildir)
            .filter(mailbox -> !mailbox.root().equals(KnownMailbox.NO_NODE))
            .map(mailbox -> new MessageSearch(tables, snapshots).names(query, mailbox))
        : Optional.empty();
  }

  /** Whether the repository still has a snapshot of which the story tells. */
  public boolean isPresent(KnownSnapshot snapshot) {
    return snapshots.isPresent(snapshot);
  }

  /** Tells the story of a mailbox, the oldest first. */
  public void tell(KnownMailbox mailbox, LogQuery query, Consumer<LogEntry> listener) {
    new MailboxLog(tables, snapshots, mailbox).tell(query, listener);
  }

  /**
   * The mailboxes that somebody means, on all machines: an address, {@code @domain} for all of a
   * domain, the path of a Maildir or of the directory that it is in.
   */
  public List<KnownMailbox> mailboxes(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<KnownMailbox> found = new ArrayList<>();
    tables.forEachMailbox(
        mailbox -> {
          boolean meant =
              text.startsWith("/")
                  ? isAt(mailbox.path(), RawPath.of(text))
                  : MailboxPath.address(mailbox.path())
                      .filter(address -> isMeant(address, wanted))
                      .isPresent();
          if (meant) {
            found.add(mailbox);
          }
        });
    return found;
  }

  private static boolean isAt(RawPath maildir, RawPath path) {
    return maildir.equals(path)
        || (maildir.parent().equals(path)
            && MailboxPath.MAILDIR_NAMES.contains(maildir.names().getLast()));
  }

  private static boolean isMeant(MailAddress address, String wanted) {
    return wanted.startsWith("@")
        ? address.domain().equals(wanted.substring(1))
        : address.toString().equals(wanted);
  }

  /** The mailbox of a machine at a path. */
  public Optional<KnownMailbox> mailbox(String host, RawPath maildir) {
    return tables.mailbox(host, maildir);
  }

  /** Whose a mailbox is, by its path. */
  public static Optional<String> address(KnownMailbox mailbox) {
    return MailboxPath.address(mailbox.path()).map(MailAddress::toString);
  }
}
