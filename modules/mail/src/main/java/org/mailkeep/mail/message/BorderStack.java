package org.mailkeep.mail.message;

import java.util.Arrays;

/**
 * The borders of the multiparts that are open here, the outermost first. A border line is "--", the
 * boundary, "--" if it is the last, and blanks (RFC 2046, 5.1.1).
 */
final class BorderStack {

  private final byte[][] boundaries;
  private int depth;
  private boolean lastMatchCloses;

  BorderStack(int maxDepth) {
    boundaries = new byte[maxDepth][];
  }

  void reset() {
    depth = 0;
  }

  boolean isEmpty() {
    return depth == 0;
  }

  /** Opens a multipart; false if too many are open. */
  boolean push(byte[] boundary) {
    if (depth == boundaries.length) {
      return false;
    }
    boundaries[depth++] = boundary;
    return true;
  }

  /**
   * Whether the line {@code [from, to)}, without its line end, is a border of an open multipart. If
   * so, the multiparts inside that one end here, and with its last border that one too.
   */
  boolean take(byte[] line, int from, int to) {
    if (to - from < 3 || line[from] != '-' || line[from + 1] != '-') {
      return false;
    }
    int end = to;
    while (Ascii.isBlank(line[end - 1])) {
      end--;
    }
    for (int level = depth - 1; level >= 0; level--) {
      if (matches(boundaries[level], line, from + 2, end)) {
        depth = lastMatchCloses ? level : level + 1;
        return true;
      }
    }
    return false;
  }

  /** Whether the line that {@link #take} took was a last border. */
  boolean lastMatchCloses() {
    return lastMatchCloses;
  }

  private boolean matches(byte[] boundary, byte[] line, int from, int to) {
    int behind = from + boundary.length;
    if (behind > to || !Arrays.equals(boundary, 0, boundary.length, line, from, behind)) {
      return false;
    }
    lastMatchCloses = to == behind + 2 && line[behind] == '-' && line[behind + 1] == '-';
    return lastMatchCloses || to == behind;
  }
}
