package org.mailkeep.unix;

import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * Changing the mode of a name without following it. Linux has a call for that since 6.6,
 * fchmodat2(2). Before, the way is to pin the file with O_PATH, look what it is, and change it
 * through /proc/self/fd.
 */
final class ModeChange {

  private static final NativeFunction FCHMODAT2 =
      NativeFunction.systemCall("fchmodat2", Architecture.FCHMODAT2);
  private static final NativeFunction CHMOD = NativeFunction.of("chmod");

  private ModeChange() {}

  static void change(Directory directory, FileName name, int mode) {
    CallFrame frame = CallFrame.current();
    long text = frame.name(name);
    if (frame.call(FCHMODAT2, directory.descriptor(), text, mode, FileStat.NO_FOLLOW, 0) == 0) {
      return;
    }
    // Container run-times that do not know a call answer EPERM instead of ENOSYS.
    if (frame.errno() != Errno.ENOSYS && frame.errno() != Errno.EPERM) {
      throw frame.failure(FCHMODAT2, directory.path().resolve(name));
    }
    changePinned(directory, name, mode);
  }

  static void changePinned(Directory directory, FileName name, int mode) {
    CallFrame frame = CallFrame.current();
    RawPath path = directory.path().resolve(name);
    int flags = Opening.PATH_ONLY | Opening.NO_FOLLOW;
    int pin = Opening.open(frame, directory.descriptor(), frame.name(name), flags, 0);
    if (pin < 0) {
      throw frame.failure(Opening.OPENAT, path);
    }
    try {
      FileStat stat = FileStat.ofDescriptor(frame, pin);
      if (stat == null) {
        throw frame.failure(FileStat.STATX, path);
      }
      if (stat.type() == FileType.SYMLINK) {
        throw CallFrame.failure(CHMOD.name(), path, Errno.ENOTSUP);
      }
      if (frame.call(CHMOD, frame.pathOfDescriptor(pin), mode, 0, 0, 0) < 0) {
        throw frame.failure(CHMOD, path);
      }
    } finally {
      frame.close(pin);
    }
  }
}
