package org.mailkeep.service.notify;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailkeep.service.run.Overview;
import org.mailkeep.service.run.Overview.Line;
import org.mailkeep.service.run.StepState.Tally;

/** The summary of some time. */
final class Digest {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final double MEBI = 1 << 20;

  private Digest() {}

  static List<String> lines(Overview overview, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    for (Line line : overview.lines()) {
      Tally week = line.state().week();
      String stored = week.storedBytes() == 0 ? "" : ", " + size(week.storedBytes()) + " stored";
      String newest =
          line.state()
              .memory()
              .done()
              .map(time -> ", last " + TIME.format(time.atZone(zone)))
              .orElse(", never done yet");
      lines.add(
          line.step().title()
              + ": "
              + week.done()
              + " done, "
              + week.failed()
              + " failed"
              + stored
              + newest);
      line.state().problem().ifPresent(problem -> lines.add("  NOT WELL: " + problem));
    }
    overview
        .size()
        .ifPresent(
            bytes ->
                lines.add(
                    "Repository: "
                        + size(bytes)
                        + overview
                            .growth()
                            .map(
                                more ->
                                    ", "
                                        + (more < 0 ? "-" : "+")
                                        + size(Math.abs(more))
                                        + " within a week")
                            .orElse("")));
    return lines;
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MiB", bytes / MEBI);
  }
}
