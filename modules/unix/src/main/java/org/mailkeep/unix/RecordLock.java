package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * An exclusive lock of fcntl(2) on all of a regular file, held until it is closed or the process
 * ends. It is advisory. Programs that lock with fcntl(2) or lockf(3) see it; those that lock with
 * flock(2) do not, for them there is {@link Flock}.
 *
 * <p>Of the two kinds it is the one of the open file (F_OFD_SETLK), so that it is not lost when
 * something else in this process closes the same file.
 */
public final class RecordLock implements AutoCloseable {

  private static final NativeFunction FCNTL = NativeFunction.of("fcntl");

  private static final int F_OFD_SETLK = 37;
  private static final short F_WRLCK = 1;
  private static final int STRUCT_FLOCK = 32;

  private int descriptor;

  private RecordLock(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * The lock on a file, which is made of this mode less the umask when it is missing; empty while
   * someone else holds it. Does not wait.
   */
  public static Optional<RecordLock> tryExclusiveOrCreate(
      Directory directory, FileName name, int mode) {
    CallFrame frame = CallFrame.current();
    int descriptor = Flock.openRegular(directory, name, Opening.READ_WRITE | Opening.CREATE, mode);
    // struct flock of all zeros is: from the start to whatever the end will be.
    MemorySegment lock = frame.structure().asSlice(0, STRUCT_FLOCK).fill((byte) 0);
    lock.set(JAVA_SHORT, 0, F_WRLCK);
    if (frame.call(FCNTL, descriptor, F_OFD_SETLK, lock.address(), 0, 0) == 0) {
      return Optional.of(new RecordLock(descriptor));
    }
    int errno = frame.errno();
    frame.close(descriptor);
    if (errno == Errno.EAGAIN || errno == Errno.EACCES) {
      return Optional.empty();
    }
    RawPath path = directory.path().resolve(name);
    throw CallFrame.failure(FCNTL.name(), path, errno);
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
