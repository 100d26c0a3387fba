package org.mailkeep.web.library;

import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/**
 * A mailbox at a moment. For one thread, within {@link Library#reading}.
 *
 * @param snapshot the moment
 * @param tree the snapshot's tree
 * @param stored the mailbox in it
 * @param content reads its messages
 * @param headers reads what they say of themselves
 */
public record OpenMailbox(
    Snapshot snapshot,
    SnapshotTree tree,
    StoredMailbox stored,
    ContentReader content,
    HeaderReading headers) {

  /**
   * Opens it.
   *
   * @param id of the snapshot
   * @param path of the Maildir
   */
  public static OpenMailbox of(Library library, String id, String path) {
    Snapshot snapshot = library.snapshot(id);
    SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(library.reader()));
    ContentReader content = new ContentReader(library.reader());
    SnapshotStore store = new SnapshotStore(new ServerTree(tree, content, RawPath.ROOT));
    return new OpenMailbox(
        snapshot,
        tree,
        new StoredMailbox(store, Mailboxes.of(store).find(path)),
        content,
        new HeaderReading(library.reader()));
  }

  /** A folder, by the name of its directory; the INBOX's is empty. */
  public StoredMailbox.Folder folder(String key) {
    return stored
        .folder(FileName.of(key))
        .orElseThrow(() -> new NotFoundException("The mailbox has no such folder then", ""));
  }
}
