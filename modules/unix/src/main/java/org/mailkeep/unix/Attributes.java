package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * Extended attributes, xattr(7), of an open node or of a name in an open directory. For names there
 * are no calls relative to a directory before Linux 6.13, so they go through /proc/self/fd; the l-
 * calls follow the directory's link there but never the name itself.
 */
final class Attributes {

  /** XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h, in bytes. */
  private static final int LIMIT = 65536;

  /** Tried first: the kernel allocates, and for values clears, as much as it is offered. */
  private static final int USUAL = 1024;

  private static final NativeFunction FLISTXATTR = NativeFunction.of("flistxattr");
  private static final NativeFunction LLISTXATTR = NativeFunction.of("llistxattr");
  private static final NativeFunction FGETXATTR = NativeFunction.of("fgetxattr");
  private static final NativeFunction LGETXATTR = NativeFunction.of("lgetxattr");
  private static final NativeFunction FSETXATTR = NativeFunction.of("fsetxattr");
  private static final NativeFunction LSETXATTR = NativeFunction.of("lsetxattr");
  private static final NativeFunction FREMOVEXATTR = NativeFunction.of("fremovexattr");
  private static final NativeFunction LREMOVEXATTR = NativeFunction.of("lremovexattr");

  private Attributes() {}

  static List<byte[]> list(OpenNode node, @Nullable FileName name) {
    CallFrame frame = CallFrame.current();
    NativeFunction call = name == null ? FLISTXATTR : LLISTXATTR;
    long target = target(frame, node, name);
    long buffer = frame.buffer().address();
    long length = frame.callLong(call, target, buffer, USUAL, 0, 0);
    if (length < 0 && frame.errno() == Errno.ERANGE) {
      length = frame.callLong(call, target, buffer, LIMIT, 0, 0);
    }
    if (length < 0 && frame.errno() == Errno.ENOTSUP) {
      return List.of();
    }
    return split(result(frame, length, call, node, name));
  }

  private static List<byte[]> split(byte[] names) {
    if (names.length == 0) {
      return List.of();
    }
    List<byte[]> list = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == 0) {
        list.add(Arrays.copyOfRange(names, start, i));
        start = i + 1;
      }
    }
    return list;
  }

  static byte[] get(OpenNode node, @Nullable FileName name, byte[] attribute) {
    CallFrame frame = CallFrame.current();
    NativeFunction call = name == null ? FGETXATTR : LGETXATTR;
    long target = target(frame, node, name);
    long text = frame.secondText(attribute);
    long buffer = frame.buffer().address();
    long length = frame.callLong(call, target, text, buffer, USUAL, 0);
    if (length < 0 && frame.errno() == Errno.ERANGE) {
      length = frame.callLong(call, target, text, buffer, LIMIT, 0);
    }
    return result(frame, length, call, node, name);
  }

  static void set(OpenNode node, @Nullable FileName name, byte[] attribute, byte[] value) {
    if (value.length > LIMIT) {
      throw CallFrame.failure("setxattr", path(node, name), Errno.E2BIG);
    }
    CallFrame frame = CallFrame.current();
    NativeFunction call = name == null ? FSETXATTR : LSETXATTR;
    long target = target(frame, node, name);
    long text = frame.secondText(attribute);
    MemorySegment buffer = frame.buffer();
    MemorySegment.copy(value, 0, buffer, JAVA_BYTE, 0, value.length);
    if (frame.call(call, target, text, buffer.address(), value.length, 0) < 0) {
      throw frame.failure(call, path(node, name));
    }
  }

  static void remove(OpenNode node, @Nullable FileName name, byte[] attribute) {
    CallFrame frame = CallFrame.current();
    NativeFunction call = name == null ? FREMOVEXATTR : LREMOVEXATTR;
    long target = target(frame, node, name);
    if (frame.call(call, target, frame.secondText(attribute), 0, 0, 0) < 0) {
      throw frame.failure(call, path(node, name));
    }
  }

  private static long target(CallFrame frame, OpenNode node, @Nullable FileName name) {
    return name == null ? node.descriptor() : frame.pathThroughDescriptor(node.descriptor(), name);
  }

  private static byte[] result(
      CallFrame frame, long length, NativeFunction call, OpenNode node, @Nullable FileName name) {
    if (length < 0) {
      throw frame.failure(call, path(node, name));
    }
    byte[] result = new byte[(int) length];
    MemorySegment.copy(frame.buffer(), JAVA_BYTE, 0, result, 0, result.length);
    return result;
  }

  private static RawPath path(OpenNode node, @Nullable FileName name) {
    return name == null ? node.path() : node.path().resolve(name);
  }
}
