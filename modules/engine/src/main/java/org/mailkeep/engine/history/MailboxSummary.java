package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.mailbox.MailFolder;
import org.mailkeep.engine.mailbox.Mailbox;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Metadata;

/**
 * A mailbox in a snapshot, by numbers. No message is looked at for them: the directories know how
 * many they hold.
 *
 * @param mailbox the mailbox
 * @param folders the number of its folders, the INBOX among them
 * @param messages the number of its messages
 * @param unseen how many of these no mail program has seen
 * @param bytes the sizes of their files
 * @param changed when a message last came to or went from one of its directories, or got a flag
 */
public record MailboxSummary(
    Mailbox mailbox, int folders, long messages, long unseen, long bytes, Instant changed) {

  private static final List<FileName> HALVES = List.of(MaildirNames.CUR, MaildirNames.NEW);

  /** Calls back with each mailbox of a snapshot, in the order of paths. */
  public static void forEach(SnapshotStore store, Consumer<MailboxSummary> visitor) {
    SnapshotTree tree = store.server().snapshot();
    Mailboxes.of(store).forEach(mailbox -> visitor.accept(of(mailbox, store, tree)));
  }

  private static MailboxSummary of(Mailbox mailbox, SnapshotStore store, SnapshotTree tree) {
    MailboxSummary sum = new MailboxSummary(mailbox, 0, 0, 0, 0, Instant.MIN);
    for (MailFolder folder : mailbox.folders(store)) {
      Optional<SnapshotTree.Found> found = store.server().find(folder.path());
      if (found.isPresent()) {
        sum = sum.with(found.get(), tree);
      }
    }
    return sum;
  }

  private MailboxSummary with(SnapshotTree.Found folder, SnapshotTree tree) {
    MailboxSummary sum = new MailboxSummary(mailbox, folders + 1, messages, unseen, bytes, changed);
    for (FileName half : HALVES) {
      Optional<SnapshotTree.Found> found = tree.child(folder, half);
      if (found.isPresent() && found.get().entry().body() instanceof Body.Directory directory) {
        sum = sum.with(half, directory, found.get().entry().metadata());
      }
    }
    return sum;
  }

  private MailboxSummary with(FileName half, Body.Directory directory, Metadata metadata) {
    Instant time = Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos());
    return new MailboxSummary(
        mailbox,
        folders,
        messages + directory.files(),
        half.is("new") ? unseen + directory.files() : unseen,
        bytes + directory.size(),
        time.isAfter(changed) ? time : changed);
  }
}
