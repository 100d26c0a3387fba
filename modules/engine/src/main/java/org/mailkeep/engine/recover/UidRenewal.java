package org.mailkeep.engine.recover;

import java.time.Instant;
import java.util.Optional;
import org.mailkeep.mail.maildir.UidDatabase;
import org.mailkeep.mail.maildir.UidDatabase.Uids;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.Input;
import org.mailkeep.unix.Output;

/**
 * Gives the messages of a folder that has gone back in time their old UIDs under a UIDVALIDITY that
 * no client has seen, so that every client forgets what it had and asks anew. Dovecot's indexes,
 * which know the old one, go; it makes them again.
 */
final class UidRenewal {

  /** The largest database that is read, in bytes: more than a million messages. */
  static final int LARGEST = 128 << 20;

  private static final FileName DOVECOT_LOCK = FileName.of("dovecot-uidlist.lock");
  private static final FileName TEMPORARY = FileName.of("mailkeep-uids.tmp");
  private static final String INDEXES = "dovecot.index";
  private static final int PRIVATE = 0600;

  private final MailOwner owner;

  UidRenewal(MailOwner owner) {
    this.owner = owner;
  }

  /**
   * Renews the database of a folder.
   *
   * @param then the database that the snapshot has
   * @return what stands in the way, as a clause; empty where all is well
   */
  Optional<String> renew(Directory folder, UidDatabase database, Optional<byte[]> then) {
    boolean locked = database == UidDatabase.DOVECOT;
    if (locked && !DotLock.take(folder, DOVECOT_LOCK)) {
      return Optional.of(DOVECOT_LOCK + " is held by another program");
    }
    try {
      replace(folder, database, then);
      if (locked) {
        folder.list().stream()
            .map(DirectoryEntry::name)
            .filter(name -> name.startsWith(INDEXES))
            .forEach(name -> removeIfThere(folder, name));
      }
      folder.sync();
    } finally {
      if (locked) {
        removeIfThere(folder, DOVECOT_LOCK);
      }
    }
    return Optional.empty();
  }

  /** A folder without a database gets a new one from its server, with a UIDVALIDITY of now. */
  private void replace(Directory folder, UidDatabase database, Optional<byte[]> then) {
    FileName name = database.fileName();
    Optional<Uids> was = then.flatMap(database::read);
    Optional<Uids> is = read(folder, name).flatMap(database::read);
    if (was.isEmpty()) {
      removeIfThere(folder, name);
      return;
    }
    long known = Math.max(was.get().validity(), is.map(Uids::validity).orElse(0L));
    // UIDVALIDITY is mostly the time at which a folder was made, so later than all is larger.
    long validity = Math.max(known + 1, Instant.now().getEpochSecond());
    long next = Math.max(was.get().next(), is.map(Uids::next).orElse(0L));
    byte[] file = database.with(then.orElseThrow(), new Uids(validity, next));
    removeIfThere(folder, TEMPORARY);
    try (Output out = folder.createFile(TEMPORARY, PRIVATE)) {
      out.write(file, 0, file.length);
      owner.give(out);
      folder.statIfPresent(name).map(FileStat::mode).ifPresent(out::mode);
      out.sync();
    }
    folder.rename(TEMPORARY, folder, name);
  }

  private static Optional<byte[]> read(Directory folder, FileName name) {
    Optional<Input> file = folder.openFileIfPresent(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (Input input = file.get()) {
      return input.readAll(LARGEST);
    }
  }

  private static void removeIfThere(Directory folder, FileName name) {
    if (folder.statIfPresent(name).isPresent()) {
      folder.unlink(name);
    }
  }
}
