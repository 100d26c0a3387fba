package org.mailkeep.mail.message;

/**
 * Where cutting pays. The defaults are measured on 6,046 real messages (32.5 MB of text mail, few
 * attachments), each distinct run stored once, zstd -3 over 256 KiB a kind, and 28 bytes a use and
 * 40 bytes a distinct run for ids and index (limits were varied one at a time):
 *
 * <pre>
 *   Received lines in the trace      none     1     2     3     4   all
 *   4 copies each, 2 local hops, MB  21.3  20.9  13.4  13.8  14.1  16.1   (not cut at all: 19.8)
 *
 *   minBody      1     256   512   1024  2048  never   minBinary  100   300   600   1024  2000  4000
 *   1 copy, MB   8.576 8.544 8.549 8.557 8.448 8.417   MB         8.564 8.557 8.562 8.560 8.574 8.608
 *
 *   minPart      1024  2048  4096  8192  16384 never
 *   1 copy, MB   8.581 8.568 8.560 8.556 8.546 8.549
 * </pre>
 *
 * One Received line too few costs half of the store again, one too many 3 %: hence 4, which is two
 * hops of qmail, or Postfix, a content filter and LMTP. Cutting a text from its header pays when
 * the same text comes under another header (a fifth of the texts on mailing lists); from 1 KiB on
 * it costs less than a tenth of what it can save.
 *
 * @param minBody the shortest text, in bytes, that is cut from the message's header
 * @param minPart the shortest content of a MIME part that becomes a TEXT run of its own
 * @param minBinary the fewest decoded bytes that become a BINARY run
 * @param maxBinary decoded bytes after which a BINARY run ends with its line and the next begins,
 *     so that whoever takes the runs can hold one; a few KiB more are possible
 * @param maxReceived the most Received lines of the trace; the next one begins the shared header
 * @param maxTrace the longest TRACE run, in bytes; what is longer goes on as HEADER
 * @param maxDepth how many multiparts may stand in one another; those further in are text
 */
public record SplitLimits(
    int minBody,
    int minPart,
    int minBinary,
    int maxBinary,
    int maxReceived,
    int maxTrace,
    int maxDepth) {

  /** What measuring real mail has shown to be good. */
  public static final SplitLimits DEFAULT =
      new SplitLimits(1024, 8 * 1024, 512, 1 << 20, 4, 16 * 1024, 16);

  /** Checks that the buffers stay small. */
  public SplitLimits {
    check("minBody", minBody, 1, 64 * 1024);
    check("minPart", minPart, 1, 64 * 1024);
    check("minBinary", minBinary, 1, Base64Decoding.BLOCK_BYTES);
    check("maxBinary", maxBinary, Base64Decoding.BLOCK_BYTES, 64 << 20);
    check("maxReceived", maxReceived, 0, 1000);
    check("maxTrace", maxTrace, 1, 1024 * 1024);
    check("maxDepth", maxDepth, 0, 256);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " is " + value + ", not " + min + " to " + max);
    }
  }
}
