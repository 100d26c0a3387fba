package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process and all that it started. A child whose parent dies first is nobody's any more and
 * cannot be found; so all are halted before the first is killed, and a halted one starts no more.
 * kill(2).
 */
public final class ProcessTree {

  private static final NativeFunction KILL = NativeFunction.of("kill");
  private static final int SIGKILL = 9;
  private static final int SIGSTOP = 19;

  /** How long a process may take to halt: one that waits for a disk does not until it has it. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private ProcessTree() {}

  /** Kills them all. What has ended already, or belongs to another user, is passed over. */
  public static void kill(ProcessHandle root) {
    Set<Long> halted = new HashSet<>();
    while (Stream.concat(Stream.of(root), root.descendants())
            // The handle knows when its process began: a number that another has now is no match.
            .filter(ProcessHandle::isAlive)
            .filter(process -> halted.add(process.pid()))
            .peek(process -> halt(process.pid()))
            .count()
        > 0) {
      // Before it was halted, one of these may have started another.
    }
    halted.forEach(pid -> signal(pid, SIGKILL));
  }

  /** One that was just making another when it was told to halt makes it first. */
  private static void halt(long pid) {
    signal(pid, SIGSTOP);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (isRunning(pid) && System.nanoTime() < end) {
      LockSupport.parkNanos(200_000);
    }
  }

  /**
   * By the letter behind the name in its stat file, see proc_pid_stat(5); the name may have any.
   */
  private static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), ISO_8859_1);
      int state = stat.lastIndexOf(')') + 2;
      return state < stat.length() && "TtZX".indexOf(stat.charAt(state)) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void signal(long pid, int signal) {
    int _ = CallFrame.current().call(KILL, pid, signal, 0, 0, 0);
  }
}
