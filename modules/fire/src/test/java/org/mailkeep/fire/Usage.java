package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What processes use, and how that changes over time. */
final class Usage {

  private Usage() {}

  /** The most resident memory that a process ever had, in KiB; 0 where it has ended. */
  static long mostMemory(long process) {
    return status(process, "VmHWM:");
  }

  /** The resident memory of a process, in KiB; 0 where it has ended. */
  static long memory(long process) {
    return status(process, "VmRSS:");
  }

  private static long status(long process, String key) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
        if (line.startsWith(key)) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return 0;
  }

  /** How many files a process has open; 0 where it has ended. */
  static long openFiles(long process) {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process + "/fd"))) {
      return files.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The last third is not above the first by more than a fifth, or than so much. */
  static void requireFlat(String what, List<Long> curve, long slack) {
    long before = Collections.max(curve.subList(0, curve.size() / 3));
    long after = Collections.max(curve.subList(curve.size() - curve.size() / 3, curve.size()));
    assertThat(after)
        .as("%s: %s", what, curve)
        .isLessThanOrEqualTo(Math.max(before + before / 5, before + slack));
  }

  /** The greatest value of each third, or the few values that there are. */
  static String curve(List<Long> curve) {
    int third = curve.size() / 3;
    if (third == 0) {
      return curve.toString();
    }
    return "%d values, at most %d, %d, %d in each third"
        .formatted(
            curve.size(),
            Collections.max(curve.subList(0, third)),
            Collections.max(curve.subList(third, curve.size() - third)),
            Collections.max(curve.subList(curve.size() - third, curve.size())));
  }
}
