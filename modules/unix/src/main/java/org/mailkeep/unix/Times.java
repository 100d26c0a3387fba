package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** The two timespec structures of utimensat(2). */
final class Times {

  /** UTIME_OMIT: leaves a time as it is. */
  static final int OMIT = 0x3ffffffe;

  private Times() {}

  /** The address of the structures, in the frame. */
  static long put(
      CallFrame frame, long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos) {
    MemorySegment times = frame.structure();
    times.set(JAVA_LONG, 0, atimeSeconds);
    times.set(JAVA_LONG, 8, checked(atimeNanos));
    times.set(JAVA_LONG, 16, mtimeSeconds);
    times.set(JAVA_LONG, 24, checked(mtimeNanos));
    return times.address();
  }

  /** Refuses UTIME_NOW, which some stored number could happen to be. */
  private static int checked(int nanos) {
    if (nanos != OMIT && (nanos < 0 || nanos > 999_999_999)) {
      throw new IllegalArgumentException("not a part of a second in nanoseconds: " + nanos);
    }
    return nanos;
  }
}
