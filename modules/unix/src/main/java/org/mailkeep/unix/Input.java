package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;

/**
 * A regular file open for reading. For one thread.
 *
 * <p>Before each read the kernel is asked whether the page cache has what comes next, until it has
 * not. From there on nobody else had use for the file, and {@link #leaveCacheAsFound} drops that
 * part, and not what a mail server is working with.
 */
public final class Input extends OpenNode {

  private static final NativeFunction PREAD = NativeFunction.of("pread");
  private static final NativeFunction LSEEK = NativeFunction.of("lseek");
  private static final NativeFunction POSIX_FADVISE = NativeFunction.of("posix_fadvise");

  private static final int PIECE = 64 << 10;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int SEQUENTIAL = 2;
  private static final int WILL_NOT_NEED = 4;

  /** Stands for a file of which nothing came from the disk yet, as far as is known. */
  private static final long NOT_COLD = -1;

  private final FileStat statAtOpen;
  private long position;
  private boolean askingCache = true;
  private long coldFrom = NOT_COLD;

  private Input(int descriptor, RawPath directory, FileName name, FileStat statAtOpen) {
    super(descriptor, directory, name);
    this.statAtOpen = statAtOpen;
  }

  /** The open file, or null when the directory has no such name. */
  static @Nullable Input openOrNull(Directory directory, FileName name) {
    CallFrame frame = CallFrame.current();
    // O_NONBLOCK: the name may have become a FIFO, whose opening would wait for a writer.
    int flags = Opening.READ | Opening.NO_FOLLOW | Opening.NON_BLOCKING;
    int descriptor = Opening.openForReading(frame, directory.descriptor(), frame.name(name), flags);
    if (descriptor < 0) {
      if (frame.errno() == Errno.ENOENT) {
        return null;
      }
      throw frame.failure(Opening.OPENAT, directory.path().resolve(name));
    }
    FileStat stat = statOfRegular(frame, descriptor, directory, name);
    return new Input(descriptor, directory.path(), name, stat);
  }

  /** The status of a descriptor just opened; closes it and fails when it is no regular file. */
  static FileStat statOfRegular(
      CallFrame frame, int descriptor, Directory directory, FileName name) {
    FileStat stat = FileStat.ofDescriptor(frame, descriptor);
    if (stat != null && stat.type() == FileType.REGULAR) {
      return stat;
    }
    RawPath path = directory.path().resolve(name);
    SystemCallException failure =
        stat == null ? frame.failure(FileStat.STATX, path) : notRegular(path, stat.type());
    frame.close(descriptor);
    throw failure;
  }

  /** The numbers with which open(2) itself refuses to write to directories, or opens sockets. */
  static SystemCallException notRegular(RawPath path, FileType type) {
    int errno = type == FileType.DIRECTORY ? Errno.EISDIR : Errno.ENXIO;
    return new SystemCallException(
        Opening.OPENAT.name(), path.toString(), errno, "Not a regular file but a " + type);
  }

  /** The status right after opening; {@link #stat} asks anew. */
  public FileStat statAtOpen() {
    return statAtOpen;
  }

  /**
   * Reads from the current position. pread(2).
   *
   * @return the number of bytes read, which may be less than {@code length}; -1 at the end
   */
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    CallFrame frame = CallFrame.current();
    MemorySegment buffer = frame.buffer();
    int most = Math.min(length, CallFrame.BUFFER_SIZE);
    int count = read(frame, most);
    if (count < 0) {
      throw frame.failure(PREAD, path());
    }
    MemorySegment.copy(buffer, JAVA_BYTE, 0, target, offset, count);
    position += count;
    return count == 0 ? -1 : count;
  }

  /** All that is left of a small file; empty where that is more than {@code most} bytes. */
  public Optional<byte[]> readAll(int most) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    for (int count = read(piece, 0, PIECE); count > 0; count = read(piece, 0, PIECE)) {
      if (count > most - all.size()) {
        return Optional.empty();
      }
      all.write(piece, 0, count);
    }
    return Optional.of(all.toByteArray());
  }

  private int read(CallFrame frame, int most) {
    long inside = Math.min(most, statAtOpen.size() - position);
    if (askingCache && inside > 0) {
      long cached = PageCache.cached(frame, descriptor(), position, inside);
      if (cached == PageCache.UNKNOWN) {
        int count = readCached(frame, most, inside);
        if (count > 0) {
          return count;
        }
      } else if (cached < inside) {
        foundCold(position + cached);
      }
    }
    return (int) frame.callLong(PREAD, descriptor(), frame.buffer().address(), most, position, 0);
  }

  /**
   * Reads what is cached; where that is nothing, read in the ordinary way. The answer comes with
   * the call that reads anyway, but a disk that is faster than the kernel is never found out.
   */
  private int readCached(CallFrame frame, int most, long inside) {
    int count = PageCache.read(frame, descriptor(), position, most);
    if (count < 0 && frame.errno() != Errno.EAGAIN) {
      askingCache = false;
    } else if (count < inside) {
      foundCold(position + Math.max(count, 0));
    }
    return count;
  }

  /** Not asked again: from here on the kernel reads ahead, and that would seem cached before. */
  private void foundCold(long from) {
    coldFrom = from;
    askingCache = false;
  }

  /**
   * Drops from the page cache what reads of this file brought there, unless it is being written. A
   * backup reads each file once and would otherwise push out what a mail server reads again and
   * again. posix_fadvise(2).
   */
  public void leaveCacheAsFound() {
    if (coldFrom != NOT_COLD) {
      advise(WILL_NOT_NEED, coldFrom);
    }
  }

  /** Where the next {@link #read} begins, in bytes from the start. */
  public long position() {
    return position;
  }

  /** Lets the next {@link #read} begin at this byte. */
  public void position(long next) {
    position = next;
  }

  /** The first byte at or after {@code from} that is no hole, or -1: none. lseek(2). */
  public long nextData(long from) {
    return seek(from, SEEK_DATA);
  }

  /** The first hole at or after {@code from}, at last the end; -1 beyond it. lseek(2). */
  public long nextHole(long from) {
    return seek(from, SEEK_HOLE);
  }

  private long seek(long from, int whence) {
    CallFrame frame = CallFrame.current();
    long found = frame.callLong(LSEEK, descriptor(), from, whence, 0, 0);
    if (found < 0 && frame.errno() != Errno.ENXIO) {
      throw frame.failure(LSEEK, path());
    }
    return Math.max(found, -1);
  }

  /** Tells the kernel that the file will be read from start to end. posix_fadvise(2). */
  public void sequential() {
    advise(SEQUENTIAL, 0);
  }

  /** Tells the kernel to drop the whole file from its cache. posix_fadvise(2). */
  public void willNotNeed() {
    advise(WILL_NOT_NEED, 0);
  }

  /** For the part from a byte on. Advice may be ignored, and so may its failure. */
  private void advise(int advice, long from) {
    CallFrame.current().call(POSIX_FADVISE, descriptor(), from, 0, advice, 0);
  }
}
