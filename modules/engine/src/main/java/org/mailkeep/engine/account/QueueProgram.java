package org.mailkeep.engine.account;

import java.util.Optional;
import java.util.OptionalInt;
import org.mailkeep.mail.account.MailAccounts;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * This host's {@code bin/qmail-queue}: it must be owned by qmailq and run as its owner (mode
 * 04711), or no mail enters the queue. Its owner also tells which number the installed qmail means
 * by qmailq, for before notqmail 1.07 the numbers are compiled in.
 *
 * @param path where it was looked for
 * @param found what is there
 * @param expected the number of the snapshot's qmailq
 */
public record QueueProgram(RawPath path, Optional<FileStat> found, OptionalInt expected) {

  private static final int SET_USER_ID = 04000;

  /** What is wrong, or that nothing is. */
  public enum State {
    /** There is no such file: no qmail, or it is elsewhere. */
    ABSENT,
    /** Owned by the snapshot's qmailq, and setuid. */
    SOUND,
    /** Setuid; the snapshot knows no qmailq to compare its owner with. */
    NOT_COMPARED,
    /** Something other than a regular file, such as a link to a wrapper. */
    NO_FILE,
    /** Another owner than the snapshot's qmailq. */
    OTHER_OWNER,
    /** It runs as whoever starts it. */
    NOT_SETUID
  }

  /**
   * Looks at the program of a qmail.
   *
   * @param qmail its directory, usually /var/qmail
   */
  public static QueueProgram in(RawPath qmail, Manifest manifest) {
    RawPath bin = qmail.resolve(FileName.of("bin"));
    FileName name = FileName.of("qmail-queue");
    Optional<FileStat> found;
    try (Directory directory = Directory.open(bin)) {
      found = directory.statIfPresent(name);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
      found = Optional.empty();
    }
    return new QueueProgram(bin.resolve(name), found, queueUser(manifest));
  }

  private static OptionalInt queueUser(Manifest manifest) {
    Optional<Integer> fact =
        manifest.accounts().users().stream()
            .filter(user -> user.name().equals(MailAccounts.QUEUE_USER))
            .map(UserAccount::uid)
            .findFirst();
    return manifest.users().entrySet().stream()
        .filter(owner -> owner.getValue().equals(MailAccounts.QUEUE_USER))
        .map(owner -> owner.getKey())
        .findFirst()
        .or(() -> fact)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /** What is wrong, or that nothing is. */
  public State state() {
    if (found.isEmpty()) {
      return State.ABSENT;
    }
    FileStat stat = found.get();
    if (stat.type() != FileType.REGULAR) {
      return State.NO_FILE;
    }
    if (expected.isPresent() && stat.uid() != expected.getAsInt()) {
      return State.OTHER_OWNER;
    }
    if ((stat.mode() & SET_USER_ID) == 0) {
      return State.NOT_SETUID;
    }
    return expected.isPresent() ? State.SOUND : State.NOT_COMPARED;
  }

  /** Whether mail would not be queued, or not as it should. */
  public boolean isMismatch() {
    return state() == State.OTHER_OWNER || state() == State.NOT_SETUID;
  }
}
