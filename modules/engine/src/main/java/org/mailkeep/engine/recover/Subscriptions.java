package org.mailkeep.engine.recover;

import java.util.Optional;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.SubscriptionFile;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.Input;
import org.mailkeep.unix.Output;

/**
 * Subscribes to folders, so that mail programs show them: in the file of the server that serves the
 * mailbox, in both where nothing tells which one does. Each is replaced as its own server replaces
 * it, Dovecot's under the lock that Dovecot takes.
 */
final class Subscriptions {

  private static final int LARGEST = 1 << 20;
  private static final int PRIVATE = 0600;

  private final Directory maildir;
  private final MailOwner owner;

  Subscriptions(Directory maildir, MailOwner owner) {
    this.maildir = maildir;
    this.owner = owner;
  }

  /**
   * Subscribes to a folder.
   *
   * @param directory its directory's name
   * @return what stands in the way, as a clause; empty where it is subscribed now
   */
  Optional<String> add(FileName directory) {
    boolean dovecot = serves("dovecot") || has(SubscriptionFile.DOVECOT);
    boolean courier = serves("courier");
    Optional<String> problem = Optional.empty();
    for (SubscriptionFile file : SubscriptionFile.values()) {
      boolean used = file == SubscriptionFile.DOVECOT ? dovecot : courier;
      if (used || dovecot == courier) {
        Optional<String> other = add(file, directory);
        problem = problem.or(() -> other);
      }
    }
    return problem;
  }

  private boolean serves(String prefix) {
    return maildir.list().stream()
        .map(DirectoryEntry::name)
        .anyMatch(name -> name.startsWith(prefix));
  }

  private boolean has(SubscriptionFile file) {
    return maildir.statIfPresent(file.fileName()).isPresent();
  }

  private Optional<String> add(SubscriptionFile file, FileName directory) {
    try {
      if (file.lock().isEmpty()) {
        try (Directory tmp = maildir.openDirectory(MaildirNames.TMP)) {
          FileName name =
              FileName.of("mailkeep-" + ProcessHandle.current().pid() + "." + file.fileName());
          if (tmp.statIfPresent(name).isPresent()) {
            tmp.unlink(name);
          }
          tmp.createFile(name, PRIVATE).close();
          replace(file, directory, tmp, name);
        }
        return Optional.empty();
      }
      FileName lock = file.lock().get();
      if (!DotLock.take(maildir, lock)) {
        return Optional.of(file.fileName() + " is locked by another program");
      }
      replace(file, directory, maildir, lock);
      return Optional.empty();
    } catch (SystemCallException e) {
      return Optional.of(e.problem());
    }
  }

  /** Writes the new file, which is there and empty under a temporary name, and renames it. */
  private void replace(
      SubscriptionFile file, FileName directory, Directory in, FileName temporary) {
    boolean done = false;
    try {
      Optional<FileStat> before = maildir.statIfPresent(file.fileName());
      byte[] now = before.isPresent() ? read(file) : new byte[0];
      byte[] wanted = file.with(now, directory);
      try (Output out = in.appendFileIfPresent(temporary).orElseThrow()) {
        out.write(wanted, 0, wanted.length);
        owner.give(out);
        before.ifPresent(stat -> out.mode(stat.mode()));
        out.sync();
      }
      in.rename(temporary, maildir, file.fileName());
      maildir.sync();
      done = true;
    } finally {
      if (!done) {
        in.unlink(temporary);
      }
    }
  }

  private byte[] read(SubscriptionFile file) {
    try (Input input = maildir.openFile(file.fileName())) {
      return input.readAll(LARGEST).orElse(new byte[0]);
    }
  }
}
