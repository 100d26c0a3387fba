package org.mailkeep.unix;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;

/**
 * The process's share of processor and disk. Linux keeps both per thread and a new thread inherits
 * its maker's, so they are set for all threads that there are, until no other has come meanwhile.
 */
public final class Priority {

  private static final NativeFunction SETPRIORITY = NativeFunction.of("setpriority");
  private static final NativeFunction IOPRIO_SET =
      NativeFunction.systemCall("ioprio_set", Architecture.CURRENT.ioprioSet);

  private static final Path THREADS = Path.of("/proc/self/task");

  private static final int PRIO_PROCESS = 0;
  private static final int IOPRIO_WHO_PROCESS = 1;

  /** IOPRIO_CLASS_IDLE of ioprio_set(2), shifted to its place. */
  private static final int IDLE = 3 << 13;

  private Priority() {}

  /** Sets the nice value, -20 to 19; only root may go below the present one. setpriority(2). */
  public static void nice(int value) {
    setForAll(SETPRIORITY, PRIO_PROCESS, value);
  }

  /** Lets the disk serve this process only when no other asks. ioprio_set(2). */
  public static void idleDisk() {
    setForAll(IOPRIO_SET, IOPRIO_WHO_PROCESS, IDLE);
  }

  private static void setForAll(NativeFunction call, int which, int value) {
    Set<Integer> done = new HashSet<>();
    while (setForOthers(call, which, value, done)) {
      // A thread that was not reached yet may have made another one behind the reader's back.
    }
  }

  /** Whether there were threads that are not in {@code done}; they are now. */
  private static boolean setForOthers(
      NativeFunction call, int which, int value, Set<Integer> done) {
    CallFrame frame = CallFrame.current();
    boolean found = false;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        int id = Integer.parseInt(thread.getFileName().toString());
        if (!done.add(id)) {
          continue;
        }
        found = true;
        // ESRCH: the thread has ended meanwhile.
        if (frame.call(call, which, id, value, 0, 0) < 0 && frame.errno() != Errno.ESRCH) {
          throw frame.failure(call, RawPath.of(thread.toString()));
        }
      }
    } catch (IOException e) {
      throw new RefusedException(
          THREADS + " cannot be read: " + e.getMessage(), "Mount /proc and try again.", e);
    }
    return found;
  }
}
