package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.SnapshotLine;

/** The moment that a page shows, and the way to the moments before and after it. */
final class Moments {

  private Moments() {}

  /**
   * A bar that says which snapshot is shown.
   *
   * @param page the same page at another snapshot
   */
  static Html bar(Desk desk, Snapshot snapshot, Function<String, Link> page) {
    SourceName source = SourceName.of(snapshot.manifest());
    List<SnapshotLine> same =
        desk.library().snapshots().stream().filter(line -> line.source().equals(source)).toList();
    int here = 0;
    while (here < same.size() - 1 && !same.get(here).id().equals(snapshot.id())) {
      here++;
    }
    Instant time = snapshot.manifest().time();
    return element(
            "div",
            element(
                "p",
                text("As it was "),
                element("strong", Look.time(time)),
                text(" on "),
                element("bdi", snapshot.manifest().host()),
                here == same.size() - 1 ? text(", the newest snapshot") : Html.NOTHING),
            element(
                "p",
                step(same, here - 1, page, "Earlier"),
                step(same, here + 1, page, "Later"),
                here < same.size() - 1 ? step(same, same.size() - 1, page, "Newest") : Html.NOTHING,
                link(Calendar.month(time.atZone(desk.zone()).toLocalDate()), "Calendar")))
        .as("moment");
  }

  private static Html step(
      List<SnapshotLine> same, int number, Function<String, Link> page, String words) {
    return number >= 0 && number < same.size()
        ? link(page.apply(same.get(number).id().toString()), words)
            .with("title", Units.time(same.get(number).time()))
        : element("span", words).as("off");
  }
}
