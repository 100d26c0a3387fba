package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/** A regular file open for writing. For one thread. */
public final class Output extends OpenNode {

  private static final NativeFunction PWRITE = NativeFunction.of("pwrite");
  private static final NativeFunction FTRUNCATE = NativeFunction.of("ftruncate");

  private long position;

  private Output(int descriptor, RawPath directory, FileName name) {
    super(descriptor, directory, name);
  }

  static Output create(Directory directory, FileName name, int mode) {
    CallFrame frame = CallFrame.current();
    int flags = Opening.WRITE | Opening.CREATE | Opening.EXCLUSIVE | Opening.NO_FOLLOW;
    int descriptor = Opening.open(frame, directory.descriptor(), frame.name(name), flags, mode);
    if (descriptor < 0) {
      throw frame.failure(Opening.OPENAT, directory.path().resolve(name));
    }
    return new Output(descriptor, directory.path(), name);
  }

  /** Opens a file to add to its end, whoever else adds to it; empty when there is none. */
  static Optional<Output> append(Directory directory, FileName name) {
    CallFrame frame = CallFrame.current();
    int flags = Opening.WRITE | Opening.APPEND | Opening.NON_BLOCKING | Opening.NO_FOLLOW;
    int descriptor = Opening.open(frame, directory.descriptor(), frame.name(name), flags, 0);
    if (descriptor < 0) {
      if (frame.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw frame.failure(Opening.OPENAT, directory.path().resolve(name));
    }
    var _ = Input.statOfRegular(frame, descriptor, directory, name);
    return Optional.of(new Output(descriptor, directory.path(), name));
  }

  /** Writes all bytes after those that this method wrote before. pwrite(2). */
  public void write(byte[] source, int offset, int length) {
    write(position, source, offset, length);
    position += length;
  }

  /** Writes all bytes at a position in bytes from the start; what is left out is a hole. */
  public void write(long at, byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    CallFrame frame = CallFrame.current();
    MemorySegment buffer = frame.buffer();
    for (int done = 0; done < length; ) {
      int part = Math.min(length - done, CallFrame.BUFFER_SIZE);
      MemorySegment.copy(source, offset + done, buffer, JAVA_BYTE, 0, part);
      long count = frame.callLong(PWRITE, descriptor(), buffer.address(), part, at + done, 0);
      if (count < 0) {
        throw frame.failure(PWRITE, path());
      }
      done += (int) count;
    }
  }

  /** Cuts or extends the file to this length in bytes. ftruncate(2). */
  public void truncate(long length) {
    run(FTRUNCATE, length, 0);
  }
}
