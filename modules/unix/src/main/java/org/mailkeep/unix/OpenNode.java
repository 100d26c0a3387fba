package org.mailkeep.unix;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/** An open file or directory, and its own metadata. */
public abstract sealed class OpenNode implements AutoCloseable permits Directory, Input, Output {

  private static final NativeFunction FCHOWN = NativeFunction.of("fchown");
  private static final NativeFunction FCHMOD = NativeFunction.of("fchmod");
  private static final NativeFunction FUTIMENS = NativeFunction.of("futimens");
  private static final NativeFunction FSYNC = NativeFunction.of("fsync");
  private static final NativeFunction CLOSE = NativeFunction.of("close");

  private final RawPath parent;
  private final @Nullable FileName name;
  private int descriptor;

  /** A node by its own path, or by its name in {@code parent}: joined only when asked for. */
  OpenNode(int descriptor, RawPath parent, @Nullable FileName name) {
    this.descriptor = descriptor;
    this.parent = parent;
    this.name = name;
  }

  /** The path by which it was opened. */
  public final RawPath path() {
    return name == null ? parent : parent.resolve(name);
  }

  final int descriptor() {
    if (descriptor < 0) {
      throw new IllegalStateException(path() + " is closed already");
    }
    return descriptor;
  }

  /** Its status now, statx(2). */
  public final FileStat stat() {
    CallFrame frame = CallFrame.current();
    FileStat stat = FileStat.ofDescriptor(frame, descriptor());
    if (stat == null) {
      throw frame.failure(FileStat.STATX, path());
    }
    return stat;
  }

  /** Sets owner and group, unsigned 32 bits each; -1 leaves one as it is. fchown(2). */
  public final void owner(int uid, int gid) {
    run(FCHOWN, Integer.toUnsignedLong(uid), Integer.toUnsignedLong(gid));
  }

  /** Sets the permissions, set-ID and sticky bits, 07777. fchmod(2). */
  public final void mode(int mode) {
    run(FCHMOD, mode, 0);
  }

  /** Sets access and modification time in seconds since 1970 and nanoseconds. futimens(3). */
  public final void times(long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos) {
    CallFrame frame = CallFrame.current();
    run(FUTIMENS, Times.put(frame, atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos), 0);
  }

  /** Sets the modification time alone, in seconds since 1970 and nanoseconds. futimens(3). */
  public final void modified(long seconds, int nanos) {
    times(0, Times.OMIT, seconds, nanos);
  }

  /** The names of its extended attributes; none where the file system has none. flistxattr(2). */
  public final List<byte[]> attributes() {
    return Attributes.list(this, null);
  }

  /** The value of an extended attribute. fgetxattr(2); ENODATA when it is not there. */
  public final byte[] attribute(byte[] attribute) {
    return Attributes.get(this, null, attribute);
  }

  /** Creates or replaces an extended attribute. fsetxattr(2). */
  public final void setAttribute(byte[] attribute, byte[] value) {
    Attributes.set(this, null, attribute, value);
  }

  /** Removes an extended attribute. fremovexattr(2); ENODATA when it is not there. */
  public final void removeAttribute(byte[] attribute) {
    Attributes.remove(this, null, attribute);
  }

  /** Returns when its content and metadata, or a directory's entries, are on disk. fsync(2). */
  public final void sync() {
    run(FSYNC, 0, 0);
  }

  final void run(NativeFunction call, long a, long b) {
    CallFrame frame = CallFrame.current();
    if (frame.call(call, descriptor(), a, b, 0, 0) < 0) {
      throw frame.failure(call, path());
    }
  }

  /** Closes it; further calls have no effect. An error of an earlier write may show here. */
  @Override
  public final void close() {
    int open = descriptor;
    descriptor = -1;
    if (open >= 0) {
      CallFrame frame = CallFrame.current();
      if (frame.close(open) < 0 && frame.errno() != Errno.EINTR) {
        throw frame.failure(CLOSE, path());
      }
    }
  }

  /** The path. */
  @Override
  public final String toString() {
    return path().toString();
  }
}
