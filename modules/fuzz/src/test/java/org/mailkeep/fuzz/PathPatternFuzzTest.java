package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

/** The first line is the pattern, the rest the names of a path, a line each. */
class PathPatternFuzzTest {

  static Stream<byte[]> patterns() {
    return Stream.of(
            "*.tmp\nhome\nx.tmp",
            "/home/**/Maildir/*\nhome\na\nb\nMaildir\ncur",
            "[!a-c]?\\*\nzz*",
            "**\nx")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("patterns")
  @FuzzTest(maxDuration = Decoding.TIME)
  void the_quick_looks_never_miss_what_matches(byte[] bytes) {
    List<String> lines = List.of(RawText.decode(bytes).split("\n", -1));
    PathPattern pattern;
    try {
      pattern = PathPattern.of(lines.getFirst());
    } catch (UsageException refused) {
      return;
    }
    RawPath path = RawPath.ROOT;
    for (String line : lines.subList(1, lines.size())) {
      FileName name = FileName.of(line);
      if (!name.isComponent()) {
        return;
      }
      RawPath above = path;
      path = path.resolve(name);
      if (pattern.matches(path)) {
        check(pattern.mayMatchBelow(above), "not looked for below " + above);
        check(pattern.mayMatchName(name.bytes(), name.length()), "its name is passed over");
        check(!pattern.isForNames() || pattern.matchesName(name), "its name does not match");
      }
    }
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError("A path that matches: " + problem);
    }
  }
}
