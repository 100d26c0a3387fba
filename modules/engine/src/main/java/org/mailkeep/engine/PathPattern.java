package org.mailkeep.engine;

import java.util.regex.Pattern;
import org.mailkeep.model.RawPath;

/**
 * A pattern for paths as shells have them: {@code *} and {@code ?} do not cross slashes, {@code **}
 * does, {@code [a-z]} and {@code [!a-z]} stand for one character, a backslash takes the next
 * character as it is. A pattern that begins with a slash is for whole paths; one without matches at
 * any depth.
 */
public final class PathPattern {

  private final String text;
  private final Pattern regex;

  private PathPattern(String text, Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /** The pattern of this text. */
  public static PathPattern of(String text) {
    String trimmed =
        text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    StringBuilder regex = new StringBuilder(trimmed.startsWith("/") ? "" : "(?:.*/)?");
    for (int i = 0; i < trimmed.length(); ) {
      i = translate(trimmed, i, regex);
    }
    return new PathPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  private static int translate(String glob, int at, StringBuilder regex) {
    char c = glob.charAt(at);
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
        int end = glob.indexOf(']', at + 2);
        if (end > 0) {
          String inside = glob.substring(at + 1, end);
          boolean negated = inside.startsWith("!") || inside.startsWith("^");
          String range = inside.substring(negated ? 1 : 0);
          regex.append(negated ? "[^/" : "[").append(range.replaceAll("[\\\\\\[\\]&^]", "\\\\$0"));
          regex.append(']');
          return end + 1;
        }
        regex.append("\\[");
      }
      case '\\' -> {
        int next = Math.min(at + 1, glob.length() - 1);
        regex.append(Pattern.quote(String.valueOf(glob.charAt(next))));
        return next + 1;
      }
      default -> regex.append(Pattern.quote(String.valueOf(c)));
    }
    return at + 1;
  }

  /** Whether the pattern is for this path itself. */
  public boolean matches(RawPath path) {
    return regex.matcher(path.text()).matches();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
