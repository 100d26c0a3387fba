package org.mailkeep.unix;

/** openat(2) and its flags. */
final class Opening {

  static final NativeFunction OPENAT = NativeFunction.of("openat");

  /** AT_FDCWD: relative paths begin at the working directory. */
  static final int WORKING_DIRECTORY = -100;

  static final int READ = 0;
  static final int WRITE = 1;
  static final int READ_WRITE = 2;
  static final int CREATE = 0x40;
  static final int EXCLUSIVE = 0x80;
  static final int APPEND = 0x400;
  static final int NON_BLOCKING = 0x800;
  static final int NO_ACCESS_TIME = 0x40000;
  static final int CLOSE_ON_EXEC = 0x80000;
  static final int PATH_ONLY = 0x200000;
  static final int DIRECTORY = Architecture.CURRENT.openDirectory;
  static final int NO_FOLLOW = Architecture.CURRENT.openNoFollow;

  private Opening() {}

  /** A descriptor, or a negative number when the call failed. */
  static int open(CallFrame frame, int directory, long name, int flags, int mode) {
    return frame.call(OPENAT, directory, name, flags | CLOSE_ON_EXEC, mode, 0);
  }

  /** As {@link #open}, for reading, without touching the access time where that is allowed. */
  static int openForReading(CallFrame frame, int directory, long name, int flags) {
    int descriptor = open(frame, directory, name, flags | NO_ACCESS_TIME, 0);
    // Only the owner and root may pass O_NOATIME.
    return descriptor < 0 && frame.errno() == Errno.EPERM
        ? open(frame, directory, name, flags, 0)
        : descriptor;
  }
}
