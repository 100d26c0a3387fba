package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.Units;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.SnapshotLine;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** The snapshots of a month as a calendar, and those of one day. */
record SnapshotsPage(Desk desk) implements Handler {

  private static final int PAGE = 200;

  @Override
  public Response answer(Request request, Session session) {
    List<SnapshotLine> all = desk.library().snapshots();
    LocalDate day = request.get("day").isEmpty() ? newest(all) : Calendar.day(request.get("day"));
    List<SnapshotLine> ofDay = new ArrayList<>();
    for (SnapshotLine line : all.reversed()) {
      if (line.time().atZone(desk.zone()).toLocalDate().equals(day)) {
        ofDay.add(line);
      }
    }
    int from = Math.min(ofDay.size(), request.page() * PAGE);
    List<Html> rows =
        ofDay.subList(from, Math.min(ofDay.size(), from + PAGE)).stream()
            .map(line -> row(line, all))
            .toList();
    return Response.page(
        200,
        Look.page(
            Look.Part.SNAPSHOTS,
            "Snapshots",
            session,
            Calendar.of(YearMonth.from(day), all, desk.zone()).table(day),
            rows.isEmpty()
                ? Look.note("No snapshot of " + day + ".")
                : Look.table(
                    Units.count(ofDay.size(), "snapshot") + " of " + day,
                    List.of("Time", "Of", "Files", "Size", "New content", "Stored", ""),
                    rows),
            Look.pager(Calendar.month(day), request.page(), PAGE, ofDay.size())));
  }

  private LocalDate newest(List<SnapshotLine> all) {
    return (all.isEmpty() ? desk.clock().instant() : all.getLast().time())
        .atZone(desk.zone())
        .toLocalDate();
  }

  private static Html row(SnapshotLine line, List<SnapshotLine> all) {
    return Look.row(
        link(Places.mailboxes(line.id().toString()), Look.time(line.time())),
        element("bdi", line.source().host() + ": " + line.source().what()),
        text(Units.count(line.files())),
        text(Units.size(line.bytes())),
        text(Units.size(line.addedBytes())),
        text(Units.size(line.storedBytes())),
        Html.of(
            before(line, all)
                .map(
                    other ->
                        link(
                            Link.of("/diff").with("from", other.id()).with("to", line.id()),
                            "What changed"))
                .stream()
                .toList()));
  }

  private static Optional<SnapshotLine> before(SnapshotLine line, List<SnapshotLine> all) {
    return all.stream()
        .filter(other -> other.source().equals(line.source()) && other.time().isBefore(line.time()))
        .reduce((_, last) -> last);
  }
}
