package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** What of an open file is in the kernel's page cache. */
final class PageCache {

  private static final NativeFunction CACHESTAT =
      NativeFunction.systemCall("cachestat", Architecture.CACHESTAT);
  private static final NativeFunction PREADV2 = NativeFunction.of("preadv2");
  private static final NativeFunction GETPAGESIZE = NativeFunction.of("getpagesize");

  /** RWF_NOWAIT of preadv2(2): fail with EAGAIN instead of waiting for the disk. */
  private static final int CACHED_ONLY = 8;

  /** Stands for what the kernel does not tell. */
  static final long UNKNOWN = -1;

  private static final long PAGE = CallFrame.current().call(GETPAGESIZE, 0, 0, 0, 0, 0);

  /** Whether cachestat(2) is there: Linux 6.5 and newer. */
  private static volatile boolean tells = true;

  private PageCache() {}

  /**
   * How many bytes of a range are cached, rounded up to pages; {@link #UNKNOWN} where the kernel is
   * too old or keeps it from this user. Unlike a read that does not wait, this makes the kernel
   * read nothing ahead. cachestat(2).
   */
  static long cached(CallFrame frame, int descriptor, long from, long length) {
    if (!tells) {
      return UNKNOWN;
    }
    // Two u64 of struct cachestat_range, and behind them five of struct cachestat.
    MemorySegment range = frame.structure();
    range.set(JAVA_LONG, 0, from);
    range.set(JAVA_LONG, Long.BYTES, length);
    long answer = range.address() + 2 * Long.BYTES;
    if (frame.call(CACHESTAT, descriptor, range.address(), answer, 0, 0) == 0) {
      return range.get(JAVA_LONG, 2 * Long.BYTES) * PAGE;
    }
    if (frame.errno() == Errno.ENOSYS) {
      tells = false;
    }
    return UNKNOWN;
  }

  /**
   * Reads into the frame's buffer what is cached; negative where that is nothing (EAGAIN), or where
   * the file system cannot tell (ENOTSUP). Linux 5.9 and 5.10 may give 0 for EAGAIN. preadv2(2).
   */
  static int read(CallFrame frame, int descriptor, long from, int length) {
    // One struct iovec.
    MemorySegment vector = frame.structure();
    vector.set(JAVA_LONG, 0, frame.buffer().address());
    vector.set(JAVA_LONG, Long.BYTES, length);
    return (int) frame.callLong(PREADV2, descriptor, vector.address(), 1, from, CACHED_ONLY);
  }
}
