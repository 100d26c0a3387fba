package org.mailkeep.engine.move;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;

/**
 * Lines that come into a file or leave it.
 *
 * @param file which one, as the new server sees it
 * @param added the new lines, as lossless text
 * @param removed the lines that go
 */
public record FileChange(RawPath file, List<String> added, List<String> removed) {

  /** Copies the lists. */
  public FileChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /** What is different between two states of a file. */
  static FileChange between(RawPath file, byte[] before, byte[] after) {
    return new FileChange(file, minus(after, before), minus(before, after));
  }

  private static List<String> minus(byte[] from, byte[] what) {
    Map<String, Integer> left = new HashMap<>();
    for (String line : lines(what)) {
      left.merge(line, 1, Integer::sum);
    }
    List<String> more = new ArrayList<>();
    for (String line : lines(from)) {
      if (left.merge(line, -1, Integer::sum) < 0 && !line.isEmpty()) {
        more.add(line);
      }
    }
    return more;
  }

  private static String[] lines(byte[] text) {
    return RawText.decode(text).split("\n", -1);
  }

  /** Whether nothing changes. */
  public boolean isNothing() {
    return added.isEmpty() && removed.isEmpty();
  }
}
