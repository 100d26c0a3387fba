package org.mailkeep.mail.message;

/**
 * Where cutting pays. A run costs some 60 bytes of ids and index, so it must be worth that.
 *
 * @param minBody the shortest text, in bytes, that is cut from the message's header
 * @param minPart the shortest content of a MIME part that becomes a TEXT run of its own
 * @param minBinary the fewest decoded bytes that become a BINARY run
 * @param maxTrace the longest TRACE run; what is longer goes on as HEADER
 * @param maxDepth how many multiparts may stand in one another; those further in are text
 */
public record SplitLimits(int minBody, int minPart, int minBinary, int maxTrace, int maxDepth) {

  /** What measuring real mail has shown to be good. */
  public static final SplitLimits DEFAULT = new SplitLimits(512, 4096, 1024, 16 * 1024, 16);

  /** Checks that the buffers stay small. */
  public SplitLimits {
    check("minBody", minBody, 1, 64 * 1024);
    check("minPart", minPart, 1, 64 * 1024);
    check("minBinary", minBinary, 1, Base64Decoding.BLOCK_BYTES);
    check("maxTrace", maxTrace, 1, 1024 * 1024);
    check("maxDepth", maxDepth, 0, 256);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " is " + value + ", not " + min + " to " + max);
    }
  }
}
