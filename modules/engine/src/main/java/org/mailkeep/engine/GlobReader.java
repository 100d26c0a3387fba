package org.mailkeep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

/** Reads the text of a pattern, once, from left to right. */
final class GlobReader {

  private final String glob;
  private final List<Glob.Step> steps = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();
  private String longestPlain = "";
  private int at;

  private GlobReader(String glob) {
    this.glob = glob;
  }

  /**
   * What a pattern says.
   *
   * @param plain the longest run of plain characters in its last name: each name that fits has it
   */
  record Read(Glob glob, String plain) {}

  /**
   * Reads a pattern; one without a slash at its begin may stand below any folders.
   *
   * @throws UsageException where a range ends before it begins
   */
  static Read read(String glob) {
    GlobReader reader = new GlobReader(glob);
    if (!glob.startsWith("/")) {
      reader.steps.add(new Glob.Step.Folders());
    }
    while (reader.at < glob.length()) {
      reader.step();
    }
    return new Read(new Glob(reader.steps), reader.longestPlain);
  }

  private void step() {
    int c = next();
    switch (c) {
      case '*' -> star();
      case '?' -> wildcard(new Glob.Step.One(any -> any != '/'));
      case '[' -> bracket();
      case '\\' -> literal(at < glob.length() ? next() : c);
      default -> literal(c);
    }
  }

  private int next() {
    int c = glob.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private void star() {
    if (!glob.startsWith("*", at)) {
      wildcard(new Glob.Step.Name());
      return;
    }
    at++;
    // What stood before may be of another name.
    longestPlain = "";
    boolean folders = glob.startsWith("/", at);
    at += folders ? 1 : 0;
    wildcard(folders ? new Glob.Step.Folders() : new Glob.Step.Any());
  }

  private void wildcard(Glob.Step step) {
    plain.setLength(0);
    steps.add(step);
  }

  private void literal(int c) {
    steps.add(new Glob.Step.One(other -> other == c));
    if (c == '/') {
      plain.setLength(0);
      longestPlain = "";
      return;
    }
    plain.appendCodePoint(c);
    if (plain.length() > longestPlain.length()) {
      longestPlain = plain.toString();
    }
  }

  /** A bracket has been read; where none closes it, it stands for itself. */
  private void bracket() {
    boolean negated = glob.startsWith("!", at) || glob.startsWith("^", at);
    int first = negated ? at + 1 : at;
    int end = endOfBracket(first);
    if (end < 0) {
      literal('[');
      return;
    }
    at = first;
    IntPredicate set = set(end);
    at = end + 1;
    wildcard(new Glob.Step.One(c -> c != '/' && set.test(c) != negated));
  }

  /** Where the bracket that closes stands: never first, and never after a backslash; or -1. */
  private int endOfBracket(int first) {
    for (int i = first; i < glob.length(); i++) {
      if (glob.charAt(i) == '\\') {
        i++;
      } else if (glob.charAt(i) == ']' && i > first) {
        return i;
      }
    }
    return -1;
  }

  private IntPredicate set(int end) {
    IntPredicate set = c -> false;
    while (at < end) {
      int from = member(end);
      boolean range = at + 1 < end && glob.charAt(at) == '-';
      at += range ? 1 : 0;
      int to = range ? member(end) : from;
      if (to < from) {
        throw new UsageException(
            "The pattern '" + RawText.display(glob) + "' has a range that ends before it begins",
            "Write a range as [a-z], or a backslash before a bracket that is meant as such.");
      }
      set = set.or(c -> c >= from && c <= to);
    }
    return set;
  }

  private int member(int end) {
    int c = next();
    return c == '\\' && at < end ? next() : c;
  }
}
