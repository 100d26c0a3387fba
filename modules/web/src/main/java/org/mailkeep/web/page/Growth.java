package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.model.Units;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.library.SnapshotLine;

/**
 * How much there was, and how much was stored, over time. However many snapshots there are, a chart
 * has a few hundred points.
 *
 * @param points the oldest first
 */
record Growth(List<Point> points) {

  private static final int MOST = 300;
  private static final int TABLE = 12;

  /** Copies the list. */
  Growth {
    points = List.copyOf(points);
  }

  /**
   * A moment.
   *
   * @param seconds since 1970
   * @param live bytes in the newest snapshots of all sources
   * @param full bytes that full copies, one a snapshot, would take together
   * @param stored bytes that all snapshots added to the repository
   */
  record Point(long seconds, long live, long full, long stored) {}

  /** That of these snapshots, the oldest first. */
  static Growth of(List<SnapshotLine> snapshots) {
    List<Point> points = new ArrayList<>();
    Map<SourceName, Long> newest = new HashMap<>();
    long live = 0;
    long full = 0;
    long stored = 0;
    int each = snapshots.size() / MOST + 1;
    for (int i = 0; i < snapshots.size(); i++) {
      SnapshotLine line = snapshots.get(i);
      Long before = newest.put(line.source(), line.bytes());
      live += line.bytes() - (before == null ? 0 : before);
      full += line.bytes();
      stored += line.storedBytes();
      if ((snapshots.size() - 1 - i) % each == 0) {
        points.add(new Point(line.time().getEpochSecond(), live, full, stored));
      }
    }
    return new Growth(points);
  }

  /** The charts, with their figures in a table for whoever does not see them. */
  Html html() {
    if (points.size() < 2) {
      return Look.note("Charts begin with the second snapshot.");
    }
    return Html.of(
        element(
                "div",
                chart(
                    "Growth: the mail itself, and what is stored of all its snapshots",
                    "linear",
                    new Line("Mail", Point::live),
                    new Line("Stored", Point::stored)),
                chart(
                    "Deduplication: what full copies would take, and what is stored",
                    "log",
                    new Line("Full copies", Point::full),
                    new Line("Stored", Point::stored)))
            .as("charts"),
        element("details", element("summary", "The figures as a table"), table()));
  }

  private record Line(String name, ToLongFunction<Point> value) {}

  private Html chart(String caption, String scale, Line first, Line second) {
    return element("figure", element("figcaption", caption), element("div", text("")).as("plot"))
        .as("chart")
        .with("data-scale", scale)
        .with("data-x", numbers(Point::seconds))
        .with("data-names", first.name() + "," + second.name())
        .with("data-y1", numbers(first.value()))
        .with("data-y2", numbers(second.value()));
  }

  private String numbers(ToLongFunction<Point> value) {
    return points.stream()
        .map(point -> String.valueOf(value.applyAsLong(point)))
        .collect(Collectors.joining(","));
  }

  private Html table() {
    int each = points.size() / TABLE + 1;
    List<Html> rows = new ArrayList<>();
    for (int i = points.size() - 1; i >= 0; i -= each) {
      Point point = points.get(i);
      rows.add(
          Look.row(
              Look.time(Instant.ofEpochSecond(point.seconds())),
              text(Units.size(point.live())),
              text(Units.size(point.full())),
              text(Units.size(point.stored()))));
    }
    return Look.table("Growth", List.of("Time", "Mail", "Full copies", "Stored"), rows);
  }
}
