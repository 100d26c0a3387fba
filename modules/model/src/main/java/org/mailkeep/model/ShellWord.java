package org.mailkeep.model;

import java.util.regex.Pattern;

/** Text as one word of a POSIX shell, whatever is in it; IEEE Std 1003.1, 2.2 Quoting. */
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

  private ShellWord() {}

  /** The word, in quotes only where it needs them. */
  public static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  /** The word in quotes. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
