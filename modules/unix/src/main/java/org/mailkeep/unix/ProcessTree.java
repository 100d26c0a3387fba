package org.mailkeep.unix;

import java.util.HashSet;
import java.util.Set;
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

  private ProcessTree() {}

  /** Kills them all. What has ended already, or belongs to another user, is passed over. */
  public static void kill(ProcessHandle root) {
    Set<Long> halted = new HashSet<>();
    while (Stream.concat(Stream.of(root), root.descendants())
            // The handle knows when its process began: a number that another has now is no match.
            .filter(ProcessHandle::isAlive)
            .filter(process -> halted.add(process.pid()))
            .peek(process -> signal(process.pid(), SIGSTOP))
            .count()
        > 0) {
      // Before it was halted, one of these may have started another.
    }
    halted.forEach(pid -> signal(pid, SIGKILL));
  }

  private static void signal(long pid, int signal) {
    int _ = CallFrame.current().call(KILL, pid, signal, 0, 0, 0);
  }
}
