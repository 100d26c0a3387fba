package org.mailkeep.model.account;

import java.util.Arrays;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.error.UsageException;

/**
 * A directory that is elsewhere now.
 *
 * @param from where it was, absolute, without a slash at the end
 * @param to where it is, likewise
 */
public record HomeMove(ByteString from, ByteString to) {

  /** Checks that both can stand in a line of users/assign or vpasswd. */
  public HomeMove {
    require(from);
    require(to);
  }

  private static void require(ByteString path) {
    byte[] bytes = path.bytes();
    boolean sound = bytes.length > 1 && bytes[0] == '/' && bytes[bytes.length - 1] != '/';
    for (byte b : bytes) {
      sound &= b != ':' && b != '\n' && b != 0;
    }
    if (!sound) {
      throw new UsageException(
          "'" + path + "' cannot be a home directory",
          "Give an absolute path below / without a colon, such as /home/vpopmail.");
    }
  }

  /** Whether the path is the directory that moved, or stands below it. */
  boolean concerns(byte[] path) {
    int length = from.length();
    return path.length >= length
        && Arrays.equals(path, 0, length, from.bytes(), 0, length)
        && (path.length == length || path[length] == '/');
  }

  boolean isCloserThan(HomeMove other) {
    return from.length() > other.from.length();
  }

  /** The path in its new place; only for one that {@link #concerns} accepts. */
  byte[] apply(byte[] path) {
    int rest = path.length - from.length();
    byte[] moved = Arrays.copyOf(to.bytes(), to.length() + rest);
    System.arraycopy(path, from.length(), moved, to.length(), rest);
    return moved;
  }
}
