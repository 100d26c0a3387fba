package org.mailkeep.engine.recover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.UidDatabase;
import org.mailkeep.mail.store.FileRules;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Directory;

/**
 * Makes a mailbox what it was, while its server runs. First messages that are there get their old
 * names and folders back, by renaming; then the rest is restored; then what came since is removed,
 * if it is in a snapshot that was made before, and only then; UIDs last. At each moment each UID
 * stands for one message. Cut off, it can be run again.
 */
public final class Rollback {

  /**
   * The server's records of UIDs are not restored: as they were, the server would give UIDs anew
   * that clients know as those of other messages.
   */
  private static final List<String> UID_FILES =
      List.of("dovecot-uidlist", "courierimapuiddb", "courierpop3dsizelist");

  private final StoredMailbox stored;
  private final Snapshot snapshot;
  private final ChunkReader reader;
  private final RawPath maildir;
  private final List<RawPath> ownPaths;
  private final RestoreObserver observer;
  private final Cancellation cancellation;

  /**
   * A roll back.
   *
   * @param snapshot the one that the mailbox was found in
   * @param maildir the live Maildir, its real path
   * @param ownPaths files of this program, which are never removed
   */
  public Rollback(
      StoredMailbox stored,
      Snapshot snapshot,
      ChunkReader reader,
      RawPath maildir,
      List<RawPath> ownPaths,
      RestoreObserver observer,
      Cancellation cancellation) {
    this.stored = stored;
    this.snapshot = snapshot;
    this.reader = reader;
    this.maildir = maildir;
    this.ownPaths = ownPaths;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * Refuses what cannot work. Writes nothing.
   *
   * @throws org.mailkeep.model.error.MailkeepException where something stands in the way
   */
  public void check() {
    FileName name = stored.path().names().getLast();
    if (!maildir.names().getLast().equals(name)) {
      throw new UsageException(
          "The Maildir to roll back must be called " + name + " as in the snapshot",
          "Nothing was written. Rename it, or restore the snapshot's to another place.");
    }
    try (LiveMailbox live = LiveMailbox.open(maildir)) {
      MailOwner.of(live.maildir()).requirePossible(maildir);
    }
  }

  /** A restore that would do most of it, for a dry run. */
  public Restore restore() {
    return restore(_ -> true);
  }

  private Restore restore(java.util.function.Predicate<RawPath> removable) {
    RestoreSettings settings =
        new RestoreSettings(
            maildir.parent(),
            stored.path().parent(),
            stored.path(),
            List.of(),
            UID_FILES.stream().map(PathPattern::of).toList(),
            RestoreSettings.Existing.IF_CHANGED,
            true,
            ownPaths,
            true,
            OwnershipRequest.EXACT,
            false,
            Parallelism.all());
    return new Restore(snapshot, reader, settings, observer, cancellation, removable);
  }

  /**
   * Rolls back.
   *
   * @param before a snapshot of the mailbox as it is: nothing is removed that this does not have
   */
  public Restore.Report run(SnapshotTree before) {
    check();
    Restore restore = restore(path -> isSaved(path, before));
    restore.check();
    Set<FolderName> back;
    try (LiveMailbox live = LiveMailbox.open(maildir);
        RenamingTable table = new RenamingTable()) {
      back = table.fill(stored, live, cancellation);
      table.rename(live, cancellation);
    }
    Restore.Report report = restore.run();
    finish(back);
    return report;
  }

  /** Whether what the snapshot does not have at this path was saved before, or is of no worth. */
  private boolean isSaved(RawPath path, SnapshotTree before) {
    List<FileName> names = path.names();
    FileName last = names.getLast();
    boolean worthless =
        !FileRules.classify(Place.MAILDIR, last, EntryType.FILE).fileClass().isStored();
    RawPath live = maildir;
    for (FileName name : names.subList(stored.path().names().size(), names.size())) {
      live = live.resolve(name);
    }
    return worthless || before.find(live).isPresent();
  }

  private void finish(Set<FolderName> back) {
    try (LiveMailbox live = LiveMailbox.open(maildir)) {
      UidRenewal renewal = new UidRenewal(MailOwner.of(live.maildir()));
      List<LiveFolder> folders = new ArrayList<>(live.folders());
      for (StoredMailbox.Folder folder : stored.folders()) {
        if (back.contains(folder.name())) {
          folders.stream()
              .filter(there -> there.name().equals(folder.name()))
              .forEach(there -> renew(renewal, folder, there, live));
        }
      }
      folders.forEach(folder -> touch(folder, live));
      removeEmptied(live);
    }
  }

  private void renew(
      UidRenewal renewal, StoredMailbox.Folder then, LiveFolder now, LiveMailbox live) {
    try (Directory folder = now.open(live.maildir())) {
      for (UidDatabase database : UidDatabase.values()) {
        Optional<byte[]> saved = stored.read(then, database.fileName(), UidRenewal.LARGEST);
        boolean used = saved.isPresent() || folder.statIfPresent(database.fileName()).isPresent();
        Optional<String> problem = used ? renewal.renew(folder, database, saved) : Optional.empty();
        problem.ifPresent(clause -> observer.problem(folder.path(), "UIDs not renewed: " + clause));
      }
    }
  }

  /** Servers tell by these times that they must look again; restored, they lie. */
  private static void touch(LiveFolder folder, LiveMailbox live) {
    Instant now = Instant.now();
    try (Directory opened = folder.open(live.maildir())) {
      for (FileName part : List.of(MaildirNames.CUR, MaildirNames.NEW)) {
        try (Directory directory = opened.openDirectory(part)) {
          directory.modified(now.getEpochSecond(), now.getNano());
        }
      }
    }
  }

  /** What is left of folders that the snapshot does not have are the files named above. */
  private void removeEmptied(LiveMailbox live) {
    Set<FileName> kept = new HashSet<>();
    stored.folders().forEach(folder -> kept.add(folder.directory().entry().name()));
    EmptiedFolders emptied = new EmptiedFolders(live.maildir(), UID_FILES);
    try {
      emptied.removeAllBut(kept);
    } catch (SystemCallException e) {
      observer.warning("not all folders could be removed: " + e.getMessage());
    }
  }
}
