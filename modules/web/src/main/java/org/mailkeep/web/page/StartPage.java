package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailkeep.engine.copy.CopyRecord;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.model.Units;
import org.mailkeep.service.run.Overview;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.library.SnapshotLine;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** How everything is: sources and copies, the steps of the plan, growth. */
record StartPage(Desk desk) implements Handler {

  @Override
  public Response answer(Request request, Session session) {
    List<SnapshotLine> all = desk.library().snapshots();
    Map<SourceName, SnapshotLine> newest = new TreeMap<>();
    all.forEach(line -> newest.put(line.source(), line));
    List<CopyRecord> copies = desk.copies().get();
    Optional<Overview> plan = desk.plan().get();
    return Response.page(
        200,
        Look.page(
            Look.Part.START,
            "Overview",
            session,
            plan.isPresent() && plan.get().isBad()
                ? Look.warning("Something is overdue or has failed: see the steps.")
                : Html.NOTHING,
            facts(all, newest),
            sources(newest, copies),
            plan.map(this::steps).orElse(Html.NOTHING),
            element("section", element("h2", "Growth"), Growth.of(all).html()),
            Look.note(
                "Repository "
                    + desk.place()
                    + ", as it was at "
                    + Units.time(desk.library().seen())
                    + (desk.mayRecover() ? "." : ". This page is read-only."))));
  }

  private Html facts(List<SnapshotLine> all, Map<SourceName, SnapshotLine> newest) {
    long live = newest.values().stream().mapToLong(SnapshotLine::bytes).sum();
    long files = newest.values().stream().mapToLong(SnapshotLine::files).sum();
    long full = all.stream().mapToLong(SnapshotLine::bytes).sum();
    long stored = desk.library().size();
    return element(
            "dl",
            Look.fact("Newest snapshot", age(all), ""),
            Look.fact("Snapshots", Units.count(all.size()), ""),
            Look.fact("Mail now", Units.size(live), Units.count(files, "file")),
            Look.fact("Repository", Units.size(stored), "all snapshots together"),
            Look.fact(
                "Full copies would take",
                Units.size(full),
                stored == 0 ? "" : String.format("%.1f times as much", (double) full / stored)))
        .as("facts");
  }

  private String age(List<SnapshotLine> all) {
    return all.isEmpty() ? "none" : age(all.getLast().time());
  }

  private String age(Instant time) {
    return Units.since(time, desk.clock().instant()) + " ago";
  }

  private Html sources(Map<SourceName, SnapshotLine> newest, List<CopyRecord> copies) {
    List<Html> rows = new ArrayList<>();
    newest.forEach(
        (source, line) -> {
          rows.add(
              Look.row(
                  element("bdi", source.host() + ": " + source.what()),
                  text("repository"),
                  link(Places.mailboxes(line.id().toString()), Look.time(line.time())),
                  text(age(line.time())),
                  line.unreadable() > 0
                      ? element("span", Units.count(line.unreadable(), "file") + " not read")
                          .as("tag bad")
                      : element("span", "whole").as("tag good")));
          copies.forEach(copy -> rows.add(copy(source, line, copy)));
        });
    return element(
        "section",
        element("h2", "Sources and copies"),
        rows.isEmpty()
            ? Look.note("No snapshots yet: make one with 'mailkeep backup PATH'.")
            : Look.table(
                "Newest snapshots", List.of("Source", "Where", "Newest", "Age", "State"), rows),
        copies.isEmpty()
            ? Look.note("This host has made no copy of the repository.")
            : Html.NOTHING);
  }

  private Html copy(SourceName source, SnapshotLine here, CopyRecord copy) {
    Instant there = copy.newest().get(source);
    boolean same = there != null && there.getEpochSecond() == here.time().getEpochSecond();
    return Look.row(
        element("bdi", source.host() + ": " + source.what()).as("again"),
        element("bdi", "copy in " + copy.place()),
        there == null ? text("no snapshot") : Look.time(there),
        there == null ? text("") : text(age(there)),
        same
            ? element("span", "up to date").as("tag good")
            : element("span", "behind").as("tag warn"));
  }

  private Html steps(Overview plan) {
    List<Html> rows = new ArrayList<>();
    for (Overview.Line line : plan.lines()) {
      rows.add(
          Look.row(
              text(line.step().title()),
              text(line.step().schedule()),
              line.state().memory().done().map(Look::time).orElse(text("never")),
              line.due().now() ? text("now") : Look.time(line.due().next()),
              state(line)));
    }
    return element(
        "section",
        element("h2", "Steps of the plan"),
        Look.table("Steps", List.of("Step", "Plan", "Last done", "Next", "State"), rows));
  }

  private static Html state(Overview.Line line) {
    return line.state()
        .problem()
        .<Html>map(
            problem ->
                Html.of(
                    element("span", "failed").as("tag bad"), text(" "), element("bdi", problem)))
        .orElse(
            line.overdue()
                ? element("span", "overdue").as("tag bad")
                : element("span", "fine").as("tag good"));
  }
}
