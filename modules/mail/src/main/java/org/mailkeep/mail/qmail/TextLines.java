package org.mailkeep.mail.qmail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailkeep.model.RawText;

/**
 * A text as lines; {@link #bytes} gives back what it was made of.
 *
 * @param lines without line feeds
 * @param ended whether the last line has its line feed
 */
record TextLines(List<String> lines, boolean ended) {

  /** Copies the list. */
  TextLines {
    lines = List.copyOf(lines);
  }

  static TextLines of(byte[] bytes) {
    List<String> lines = new ArrayList<>(List.of(RawText.decode(bytes).split("\n", -1)));
    boolean ended = lines.getLast().isEmpty();
    if (ended) {
      lines.removeLast();
    }
    return new TextLines(lines, ended);
  }

  byte[] bytes() {
    return RawText.encode(String.join("\n", lines) + (ended && !lines.isEmpty() ? "\n" : ""));
  }

  int count() {
    return lines.size();
  }

  /** The same with one line more at the end. */
  TextLines with(String line) {
    return with(count(), line);
  }

  /**
   * The same with one line more, in front of the first that belongs behind it.
   *
   * @param most how many lines may be in front of it
   * @param key what lines are ordered by
   */
  TextLines with(String line, int most, Function<String, String> key, Comparator<String> order) {
    int place = 0;
    while (place < most && order.compare(key.apply(lines.get(place)), key.apply(line)) <= 0) {
      place++;
    }
    return with(place, line);
  }

  private TextLines with(int place, String line) {
    List<String> longer = new ArrayList<>(lines);
    longer.add(place, line);
    return new TextLines(longer, ended || place == count());
  }

  TextLines without(Predicate<String> unwanted) {
    return new TextLines(lines.stream().filter(unwanted.negate()).toList(), ended);
  }
}
