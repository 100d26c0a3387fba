package org.mailkeep.engine.history;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Notes what is new in one snapshot: walks its directories down to the mailboxes, and passes those
 * that are as they were in an earlier snapshot of the same things.
 */
final class SnapshotUpdate {

  private final KnownSnapshot snapshot;
  private final Manifest.Unreadable unreadable;
  private final TreeReader trees;
  private final HistoryTables tables;
  private final MailboxUpdate mailboxes;
  private final BitSet seen = new BitSet();

  SnapshotUpdate(
      KnownSnapshot snapshot,
      Manifest.Unreadable unreadable,
      TreeReader trees,
      HistoryTables tables,
      MailboxUpdate mailboxes) {
    this.snapshot = snapshot;
    this.unreadable = unreadable;
    this.trees = trees;
    this.tables = tables;
    this.mailboxes = mailboxes;
  }

  /**
   * Walks it.
   *
   * @param before the last snapshot of the same things, where none of the same machine since then
   *     has any of them
   */
  void run(Optional<KnownSnapshot> before) {
    walk(RawPath.ROOT, before.map(KnownSnapshot::root), snapshot.root());
    if (before.isEmpty()) {
      tables.mailboxesBelow(snapshot.host(), RawPath.ROOT).stream()
          .filter(mailbox -> !seen.get(mailbox.number()) && snapshot.covers(mailbox.path()))
          .forEach(this::gone);
    }
  }

  private void walk(RawPath path, Optional<ChunkId> before, ChunkId now) {
    if (before.filter(now::equals).isPresent()) {
      return;
    }
    Map<FileName, ChunkId> is = directories(now);
    Map<FileName, ChunkId> was = before.map(this::directories).orElseGet(LinkedHashMap::new);
    boolean maildir = isMaildir(is);
    if (maildir && !isDoubtful(path)) {
      seen.set(mailboxes.update(snapshot, path, now));
    } else if (maildir) {
      tables.mailbox(snapshot.host(), path).ifPresent(mailbox -> seen.set(mailbox.number()));
    } else if (isMaildir(was)) {
      tables.mailbox(snapshot.host(), path).ifPresent(this::gone);
    }
    is.forEach(
        (name, node) -> {
          if (!maildir || !isPart(name)) {
            walk(path.resolve(name), Optional.ofNullable(was.get(name)), node);
          }
        });
    was.keySet().removeAll(is.keySet());
    for (FileName name : was.keySet()) {
      RawPath gone = path.resolve(name);
      if (snapshot.covers(gone)) {
        tables.mailboxesBelow(snapshot.host(), gone).forEach(this::gone);
      }
    }
  }

  private Map<FileName, ChunkId> directories(ChunkId node) {
    Map<FileName, ChunkId> directories = new LinkedHashMap<>();
    for (Entry entry : trees.entries(node)) {
      if (entry.body() instanceof Body.Directory directory) {
        directories.put(entry.name(), directory.root());
      }
    }
    return directories;
  }

  private static boolean isMaildir(Map<FileName, ChunkId> directories) {
    return directories.containsKey(MaildirNames.CUR)
        && directories.containsKey(MaildirNames.NEW)
        && directories.containsKey(MaildirNames.TMP);
  }

  /** Whether a directory of a Maildir is looked at with the Maildir. */
  private static boolean isPart(FileName name) {
    return name.equals(MaildirNames.CUR)
        || name.equals(MaildirNames.NEW)
        || name.equals(MaildirNames.TMP)
        || MaildirFolder.isFolderName(name);
  }

  private void gone(KnownMailbox mailbox) {
    if (!isDoubtful(mailbox.path())) {
      mailboxes.gone(snapshot, mailbox);
    }
  }

  /** Whether something at, in or above this place could not be read, so that it seems empty. */
  private boolean isDoubtful(RawPath path) {
    return unreadable.count() > unreadable.failures().size()
        || unreadable.failures().stream()
            .map(Manifest.Failure::path)
            .anyMatch(failed -> failed.startsWith(path) || path.startsWith(failed));
  }
}
