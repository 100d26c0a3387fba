package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;

/**
 * One thread's way into the C library: the shared call shape, the error number of the last call,
 * and memory for the texts and structures that calls take and give.
 *
 * <p>All functions are called as {@code long f(long, long, long, long, long, long)}. The ABIs of
 * x86-64 and aarch64 pass up to six integers or pointers in registers, the callee reads only those
 * it declares, and variadic functions (openat, ioctl, syscall) take theirs the same way.
 */
final class CallFrame {

  /** PATH_MAX of limits.h: the longest path in bytes, its NUL included. */
  static final int PATH_MAX = 4096;

  /** The size of {@link #buffer}, in bytes. */
  static final int BUFFER_SIZE = 256 * 1024;

  private static final MethodHandle CALL = bind();
  private static final NativeFunction CLOSE = NativeFunction.of("close");
  private static final ThreadLocal<CallFrame> FRAMES = ThreadLocal.withInitial(CallFrame::new);

  private static final long STRUCTURE = 64;
  private static final long STRUCTURE_SIZE = 256;
  private static final long EMPTY_TEXT = STRUCTURE + STRUCTURE_SIZE;
  private static final long FIRST_TEXT = EMPTY_TEXT + 64;
  private static final long SECOND_TEXT = FIRST_TEXT + PATH_MAX + 64;

  private final MemorySegment errno;
  private final MemorySegment texts;
  private final MemorySegment structure;
  private final byte[] copy = new byte[PATH_MAX];
  private final long[] words = new long[(int) STRUCTURE_SIZE / Long.BYTES];
  private @Nullable MemorySegment buffer;

  private CallFrame() {
    // The collector frees the memory after the thread; a shared arena would need an owner.
    MemorySegment all = Arena.ofAuto().allocate(SECOND_TEXT + PATH_MAX + 64, 64);
    errno = all.asSlice(0, Linker.Option.captureStateLayout());
    structure = all.asSlice(STRUCTURE, STRUCTURE_SIZE);
    texts = all;
  }

  /** The frame of the calling thread. */
  static CallFrame current() {
    return FRAMES.get();
  }

  /** Calls a function that returns an int, again and again while a signal interrupts it. */
  int call(NativeFunction function, long a, long b, long c, long d, long e) {
    return (int) callLong(function, a, b, c, d, e);
  }

  /** Calls a function that returns a long, a size or an offset, as {@link #call} does. */
  long callLong(NativeFunction function, long a, long b, long c, long d, long e) {
    long result = invoke(function, a, b, c, d, e);
    // Of a function that returns an int, only the lower half of the register has a meaning.
    while ((int) result == -1 && errno() == Errno.EINTR) {
      result = invoke(function, a, b, c, d, e);
    }
    return result;
  }

  private long invoke(NativeFunction f, long a, long b, long c, long d, long e) {
    errno.set(JAVA_INT, 0, 0);
    try {
      return f.isSystemCall()
          ? (long) CALL.invokeExact(f.address(), errno, f.number(), a, b, c, d, e)
          : (long) CALL.invokeExact(f.address(), errno, a, b, c, d, e, 0L);
    } catch (Throwable impossible) {
      throw new AssertionError("C functions throw nothing", impossible);
    }
  }

  /** Closes a descriptor, once: close(2) frees it even when it fails. */
  int close(int descriptor) {
    return (int) invoke(CLOSE, descriptor, 0, 0, 0, 0);
  }

  /** The error number of the last call. */
  int errno() {
    return errno.get(JAVA_INT, 0);
  }

  /** The last call's failure. */
  SystemCallException failure(NativeFunction call, RawPath path) {
    return failure(call.name(), path, errno());
  }

  static SystemCallException failure(String call, RawPath path, int errno) {
    return new SystemCallException(call, path.toString(), errno, Errno.meaning(errno));
  }

  /** The address of a name that a directory can hold; valid until the next name or text. */
  long name(FileName name) {
    return putName(FIRST_TEXT, name);
  }

  /** As {@link #name}, for the second name of a call. */
  long secondName(FileName name) {
    return putName(SECOND_TEXT, name);
  }

  /** The address of a path or other text; valid until the next name or text. */
  long text(byte[] text) {
    return putText(FIRST_TEXT, text);
  }

  /** As {@link #text}, for the second text of a call. */
  long secondText(byte[] text) {
    return putText(SECOND_TEXT, text);
  }

  /** The address of the path through which procfs shows a name in an open directory, proc(5). */
  long pathThroughDescriptor(int descriptor, FileName name) {
    requireComponent(name);
    int end = putDescriptor(descriptor);
    copy[end++] = '/';
    name.copyTo(copy, end);
    return putCopy(FIRST_TEXT, end + name.length());
  }

  /** The address of the path through which procfs shows an open file, proc(5). */
  long pathOfDescriptor(int descriptor) {
    return putCopy(FIRST_TEXT, putDescriptor(descriptor));
  }

  private int putDescriptor(int descriptor) {
    String path = "/proc/self/fd/" + descriptor;
    for (int i = 0; i < path.length(); i++) {
      copy[i] = (byte) path.charAt(i);
    }
    return path.length();
  }

  private long putName(long offset, FileName name) {
    requireComponent(name);
    name.copyTo(copy, 0);
    return putCopy(offset, name.length());
  }

  private static void requireComponent(FileName name) {
    if (!name.isComponent()) {
      throw new RefusedException("'" + name + "' is not a name that a directory can hold.", "");
    }
  }

  private long putText(long offset, byte[] text) {
    for (byte b : text) {
      if (b == 0) {
        throw new RefusedException(
            "'" + RawPath.of(text) + "' has a NUL byte, which no path can have.", "");
      }
    }
    // What is too long is cut behind the limit, where the kernel answers ENAMETOOLONG itself.
    int length = Math.min(text.length, PATH_MAX);
    System.arraycopy(text, 0, copy, 0, length);
    return putCopy(offset, length);
  }

  private long putCopy(long offset, int length) {
    MemorySegment.copy(copy, 0, texts, JAVA_BYTE, offset, length);
    texts.set(JAVA_BYTE, offset + length, (byte) 0);
    return texts.address() + offset;
  }

  /** The address of an empty text, for calls that mean the descriptor itself. */
  long emptyText() {
    return texts.address() + EMPTY_TEXT;
  }

  /** 256 bytes for a structure, aligned for any; valid until the next use. */
  MemorySegment structure() {
    return structure;
  }

  /** A copy of {@link #structure} in words of eight bytes; valid until the next use. */
  long[] structureWords() {
    MemorySegment.copy(structure, JAVA_LONG, 0, words, 0, words.length);
    return words;
  }

  /** {@link #BUFFER_SIZE} bytes for data; valid until the next use. */
  MemorySegment buffer() {
    MemorySegment made = buffer;
    if (made == null) {
      made = Arena.ofAuto().allocate(BUFFER_SIZE, 64);
      buffer = made;
    }
    return made;
  }

  /** A heap array of {@link #PATH_MAX} bytes; valid until the next name or text. */
  byte[] array() {
    return copy;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind() {
    FunctionDescriptor shape =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    return Linker.nativeLinker().downcallHandle(shape, Linker.Option.captureCallState("errno"));
  }
}
