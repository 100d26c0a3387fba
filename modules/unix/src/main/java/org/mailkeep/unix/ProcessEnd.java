package org.mailkeep.unix;

/**
 * Ends the process at once, _exit(2). {@link System#exit} and {@link Runtime#halt} wait until the
 * compiler threads are done with what they have begun, a quarter of a second after a short command,
 * and nothing of it is needed any more.
 */
public final class ProcessEnd {

  private static final NativeFunction EXIT = NativeFunction.of("_exit");

  private ProcessEnd() {}

  /**
   * Ends the process. No shutdown hook runs, and nothing is flushed.
   *
   * @param code the exit code, 0 to 255
   */
  public static void now(int code) {
    CallFrame.current().call(EXIT, code, 0, 0, 0, 0);
  }
}
