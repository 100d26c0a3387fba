package org.mailkeep.unix;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * An exclusive lock of flock(2) on a regular file, held until it is closed or the process ends. It
 * is advisory, and two locks of one process exclude each other too.
 */
public final class Flock implements AutoCloseable {

  private static final NativeFunction FLOCK = NativeFunction.of("flock");

  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;

  private int descriptor;

  private Flock(int descriptor) {
    this.descriptor = descriptor;
  }

  /** The lock on an existing file, or empty while someone else holds it. Does not wait. */
  public static Optional<Flock> tryExclusive(Directory directory, FileName name) {
    return tryExclusive(directory, name, Opening.READ_WRITE, 0);
  }

  /** As {@link #tryExclusive}, making the file of this mode less the umask when it is missing. */
  public static Optional<Flock> tryExclusiveOrCreate(Directory directory, FileName name, int mode) {
    return tryExclusive(directory, name, Opening.READ_WRITE | Opening.CREATE, mode);
  }

  private static Optional<Flock> tryExclusive(
      Directory directory, FileName name, int access, int mode) {
    CallFrame frame = CallFrame.current();
    int descriptor = openRegular(directory, name, access, mode);
    if (frame.call(FLOCK, descriptor, LOCK_EX | LOCK_NB, 0, 0, 0) == 0) {
      return Optional.of(new Flock(descriptor));
    }
    int errno = frame.errno();
    frame.close(descriptor);
    if (errno == Errno.EAGAIN) {
      return Optional.empty();
    }
    throw CallFrame.failure(FLOCK.name(), directory.path().resolve(name), errno);
  }

  /** A descriptor of a regular file to be locked; fails for anything else, without a wait. */
  static int openRegular(Directory directory, FileName name, int access, int mode) {
    RawPath path = directory.path().resolve(name);
    CallFrame frame = CallFrame.current();
    refuseSpecial(FileStat.ofName(frame, directory.descriptor(), frame.name(name)), path);
    int flags = access | Opening.NO_FOLLOW | Opening.NON_BLOCKING;
    int descriptor = Opening.open(frame, directory.descriptor(), frame.name(name), flags, mode);
    if (descriptor < 0) {
      throw frame.failure(Opening.OPENAT, path);
    }
    FileStat _ = Input.statOfRegular(frame, descriptor, directory, name);
    return descriptor;
  }

  /** Opening a FIFO for a moment is enough to disturb who reads it: supervise, qmail-send. */
  private static void refuseSpecial(@Nullable FileStat stat, RawPath path) {
    if (stat != null && stat.type() != FileType.REGULAR && stat.type() != FileType.SYMLINK) {
      throw Input.notRegular(path, stat.type());
    }
  }

  /** Gives the lock back; further calls have no effect. */
  @Override
  public void close() {
    int held = descriptor;
    descriptor = -1;
    if (held >= 0) {
      CallFrame.current().close(held);
    }
  }
}
