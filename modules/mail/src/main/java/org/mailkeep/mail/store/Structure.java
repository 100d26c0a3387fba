package org.mailkeep.mail.store;

import java.util.Optional;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.model.FileName;

/**
 * Directories whose contents a backup leaves out, recognised by what is in them, wherever they are.
 * The directory itself is kept with its owner and mode.
 */
public enum Structure {
  /** The queue of qmail. */
  QMAIL_QUEUE(
      "the qmail queue: its files are named after their inode numbers, and by the time of a restore"
          + " its messages have been delivered; 'mailkeep queue init' makes an empty one"),
  /** What {@code supervise} of daemontools or runit keeps of a service. */
  SUPERVISE("the state of a running service, which supervise makes anew when it starts"),
  /** The {@code tmp} of a Maildir. */
  MAILDIR_TMP(
      "messages that are still being delivered, or never were; restored ones would look fresh for"
          + " 36 hours");

  private static final FileName CONTROL = FileName.of("control");
  private static final FileName OK = FileName.of("ok");
  private static final FileName LOCK = FileName.of("lock");
  private static final FileName STATUS = FileName.of("status");

  private final String reason;

  Structure(String reason) {
    this.reason = reason;
  }

  /** Why the contents are left out, as a clause for the user. */
  public String reason() {
    return reason;
  }

  /**
   * The structure that a directory is, if it is one.
   *
   * @param place what the directory is by {@link Place#of}
   */
  public static Optional<Structure> of(Place place, Listing directory) {
    if (place == Place.MAILDIR_TMP) {
      return Optional.of(MAILDIR_TMP);
    }
    if (place == Place.OTHER && isSupervise(directory)) {
      return Optional.of(SUPERVISE);
    }
    if (place == Place.OTHER && QueueShape.of(directory).isPresent()) {
      return Optional.of(QMAIL_QUEUE);
    }
    return Optional.empty();
  }

  /** supervise.c: two pipes, a lock and the status. */
  private static boolean isSupervise(Listing directory) {
    return directory.has(CONTROL, EntryType.FIFO)
        && directory.has(OK, EntryType.FIFO)
        && (directory.has(LOCK, EntryType.FILE) || directory.has(STATUS, EntryType.FILE));
  }
}
