package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;

/** Whether a person looks on, and through how wide a window. */
public final class Terminal {

  /** Descriptors that every program begins with, stdin(3). */
  public static final int STANDARD_INPUT = 0;

  public static final int STANDARD_OUTPUT = 1;
  public static final int STANDARD_ERROR = 2;

  private static final NativeFunction ISATTY = NativeFunction.of("isatty");
  private static final NativeFunction IOCTL = NativeFunction.of("ioctl");

  private static final int TIOCGWINSZ = 0x5413;

  private Terminal() {}

  /** Whether this descriptor is a terminal. isatty(3). */
  public static boolean isTerminal(int descriptor) {
    return CallFrame.current().call(ISATTY, descriptor, 0, 0, 0, 0) == 1;
  }

  /**
   * The window's width in columns; empty for what is no terminal or does not know. tty_ioctl(4).
   */
  public static OptionalInt width(int descriptor) {
    CallFrame frame = CallFrame.current();
    MemorySegment size = frame.structure();
    if (frame.call(IOCTL, descriptor, TIOCGWINSZ, size.address(), 0, 0) < 0) {
      return OptionalInt.empty();
    }
    int columns = size.get(JAVA_SHORT, 2) & 0xffff;
    return columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
