package org.mailkeep.engine;

import java.util.Arrays;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

/**
 * A pattern for paths as shells have them: {@code *} and {@code ?} do not cross slashes, {@code **}
 * does, {@code [a-z]} and {@code [!a-z]} stand for one character, a backslash takes the next
 * character as it is. A pattern that begins with a slash is for whole paths; one without matches at
 * any depth. A bracket that is not closed stands for itself.
 */
public final class PathPattern {

  private final String text;
  private final Glob glob;
  private final boolean forNames;
  private final byte[] plain;

  private PathPattern(String text, Glob glob, boolean forNames, byte[] plain) {
    this.text = text;
    this.glob = glob;
    this.forNames = forNames;
    this.plain = plain;
  }

  /**
   * The pattern of this text.
   *
   * @throws UsageException where it is none
   */
  public static PathPattern of(String text) {
    String trimmed =
        text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    GlobReader.Read read = GlobReader.read(trimmed);
    boolean forNames = !trimmed.contains("/") && !trimmed.contains("**");
    return new PathPattern(text, read.glob(), forNames, RawText.encode(read.plain()));
  }

  /** Whether the pattern is for this path itself. */
  public boolean matches(RawPath path) {
    byte[] bytes = path.bytes();
    return holdsPlain(bytes, lastName(bytes), bytes.length) && glob.matches(path.text());
  }

  /** Whether the pattern looks at the last name of a path only, wherever that stands. */
  public boolean isForNames() {
    return forNames;
  }

  /** What {@link #matches} gives for any path with this last name, where {@link #isForNames}. */
  public boolean matchesName(FileName name) {
    return glob.matches(name.text());
  }

  /**
   * A quick look at the last name of a path.
   *
   * @return false where the pattern matches no path that ends with {@code name[0..length)}
   */
  public boolean mayMatchName(byte[] name, int length) {
    return holdsPlain(name, 0, length);
  }

  private boolean holdsPlain(byte[] bytes, int from, int to) {
    for (int start = from; start <= to - plain.length; start++) {
      if (Arrays.equals(bytes, start, start + plain.length, plain, 0, plain.length)) {
        return true;
      }
    }
    return false;
  }

  private static int lastName(byte[] path) {
    int at = path.length;
    while (at > 0 && path[at - 1] != '/') {
      at--;
    }
    return at;
  }

  /** Whether the pattern may match something below this directory. */
  public boolean mayMatchBelow(RawPath directory) {
    String path = directory.text();
    return forNames || glob.mayGoOnFrom(path.endsWith("/") ? path : path + "/");
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
