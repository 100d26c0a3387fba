package org.mailkeep.engine.recover;

import java.time.Duration;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/**
 * The locks that Dovecot takes on files in a Maildir: a file whose name ends in {@code .lock},
 * which whoever makes it holds until it is gone.
 */
final class DotLock {

  /** Dovecot holds such a lock for moments. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What is older was left by something killed; Dovecot itself waits two minutes. */
  private static final Duration STALE = Duration.ofMinutes(5);

  private static final long PAUSE_MILLIS = 20;
  private static final int PRIVATE = 0600;

  private DotLock() {}

  /** Waits for a lock and takes it; gives false where somebody else keeps it. */
  static boolean take(Directory directory, FileName lock) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        directory.createFile(lock, PRIVATE).close();
        return true;
      } catch (SystemCallException e) {
        if (e.errno() != Errno.EEXIST) {
          throw e;
        }
      }
      if (isStale(directory, lock)) {
        directory.unlink(lock);
      } else if (System.nanoTime() > end) {
        return false;
      } else {
        pause();
      }
    }
  }

  private static boolean isStale(Directory directory, FileName lock) {
    long now = System.currentTimeMillis() / 1000;
    return directory
        .statIfPresent(lock)
        .map(stat -> stat.mtimeSeconds() + STALE.toSeconds() < now)
        .orElse(false);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
