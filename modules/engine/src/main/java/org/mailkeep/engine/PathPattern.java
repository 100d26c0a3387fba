package org.mailkeep.engine;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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
  private final Pattern regex;
  private final boolean forNames;
  private final byte[] plain;

  private PathPattern(String text, Pattern regex, boolean forNames, byte[] plain) {
    this.text = text;
    this.regex = regex;
    this.forNames = forNames;
    this.plain = plain;
  }

  /** The pattern of this text. */
  public static PathPattern of(String text) {
    String trimmed =
        text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    StringBuilder regex = new StringBuilder(trimmed.startsWith("/") ? "" : "(?:.*/)?");
    PlainRun run = new PlainRun();
    for (int i = 0; i < trimmed.length(); ) {
      int next = translate(trimmed, i, regex);
      run.take(trimmed, i, next);
      i = next;
    }
    boolean forNames = !trimmed.contains("/") && !trimmed.contains("**");
    try {
      Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
      return new PathPattern(text, compiled, forNames, RawText.encode(run.longest()));
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "The pattern '" + RawText.display(text) + "' has a range that ends before it begins",
          "Write a range as [a-z], or a backslash before a bracket that is meant as such.");
    }
  }

  /** Appends what stands at this place; gives the place of what comes next. */
  private static int translate(String glob, int at, StringBuilder regex) {
    int c = glob.codePointAt(at);
    int next = at + Character.charCount(c);
    switch (c) {
      case '*' -> {
        if (glob.startsWith("**/", at)) {
          regex.append("(?:.*/)?");
          return at + 3;
        }
        boolean twice = glob.startsWith("**", at);
        regex.append(twice ? ".*" : "[^/]*");
        return at + (twice ? 2 : 1);
      }
      case '?' -> regex.append("[^/]");
      case '[' -> {
        int first = isNegation(glob, next) ? next + 1 : next;
        int end = endOfBracket(glob, first);
        if (end > first) {
          regex.append(first > next ? "(?!/)[^" : "(?!/)[");
          translateBracket(glob, first, end, regex);
          regex.append(']');
          return end + 1;
        }
        regex.append("\\[");
      }
      case '\\' -> {
        int taken = next < glob.length() ? glob.codePointAt(next) : c;
        appendLiteral(taken, regex);
        return next < glob.length() ? next + Character.charCount(taken) : next;
      }
      default -> appendLiteral(c, regex);
    }
    return next;
  }

  private static boolean isNegation(String glob, int at) {
    return at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
  }

  /** Where the bracket that closes stands: never first, and never after a backslash; or -1. */
  private static int endOfBracket(String glob, int first) {
    for (int i = first; i < glob.length(); i++) {
      if (glob.charAt(i) == '\\') {
        i++;
      } else if (glob.charAt(i) == ']' && i > first) {
        return i;
      }
    }
    return -1;
  }

  private static void translateBracket(String glob, int from, int end, StringBuilder regex) {
    for (int i = from; i < end; ) {
      int c = glob.codePointAt(i);
      boolean range = c == '-' && i > from && i + 1 < end;
      if (c == '\\' && i + 1 < end) {
        i++;
        c = glob.codePointAt(i);
      }
      if (range) {
        regex.append('-');
      } else {
        appendLiteral(c, regex);
      }
      i += Character.charCount(c);
    }
  }

  /** By its number, so that no character means anything and none joins with its neighbour. */
  private static void appendLiteral(int codePoint, StringBuilder regex) {
    regex.append("\\x{").append(Integer.toHexString(codePoint)).append('}');
  }

  /** Whether the pattern is for this path itself. */
  public boolean matches(RawPath path) {
    return regex.matcher(path.text()).matches();
  }

  /** Whether the pattern looks at the last name of a path only, wherever that stands. */
  public boolean isForNames() {
    return forNames;
  }

  /** What {@link #matches} gives for any path with this last name, where {@link #isForNames}. */
  public boolean matchesName(FileName name) {
    return regex.matcher(name.text()).matches();
  }

  /**
   * A quick look at the last name of a path.
   *
   * @return false where the pattern matches no path that ends with {@code name[0..length)}
   */
  public boolean mayMatchName(byte[] name, int length) {
    for (int start = 0; start <= length - plain.length; start++) {
      if (Arrays.equals(name, start, start + plain.length, plain, 0, plain.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the pattern may match something below this directory. */
  @SuppressWarnings("JdkObsolete") // this is what hitEnd is for: a text that may go on
  public boolean mayMatchBelow(RawPath directory) {
    if (forNames) {
      return true;
    }
    String path = directory.text();
    Matcher matcher = regex.matcher(path.endsWith("/") ? path : path + "/");
    // Where the matcher did not run into the end of the text, no longer text matches either.
    return matcher.matches() || matcher.hitEnd();
  }

  /**
   * The longest run of plain characters that a pattern has for the last name: each such name
   * contains it.
   */
  private static final class PlainRun {
    private final StringBuilder current = new StringBuilder();
    private String longest = "";

    /** Takes note of {@code glob[from..to)}, which stands for itself or is a wildcard. */
    void take(String glob, int from, int to) {
      int first = glob.codePointAt(from);
      boolean escaped = first == '\\' && to - from > 1;
      int literal = escaped ? glob.codePointAt(from + 1) : first;
      boolean wildcard = first == '*' || first == '?' || (first == '[' && to - from > 1);
      if (literal == '/' || glob.startsWith("**", from)) {
        // What stood before may be of another name.
        current.setLength(0);
        longest = "";
      } else if (wildcard) {
        current.setLength(0);
      } else {
        current.appendCodePoint(literal);
        if (current.length() > longest.length()) {
          longest = current.toString();
        }
      }
    }

    String longest() {
      return longest;
    }
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
