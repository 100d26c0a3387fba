package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.engine.history.MailboxSummary;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.SnapshotLine;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** The mailboxes of a snapshot. */
record MailboxesPage(Desk desk) implements Handler {

  private static final int PAGE = 200;

  @Override
  public Response answer(Request request, Session session) {
    return desk.library().reading(() -> page(request, session));
  }

  private Response page(Request request, Session session) {
    List<SnapshotLine> all = desk.library().snapshots();
    if (all.isEmpty()) {
      throw new NotFoundException(
          "The repository holds no snapshot yet", "Make one with 'mailkeep backup PATH'.");
    }
    String at = request.get("at").isEmpty() ? all.getLast().id().toString() : request.get("at");
    Snapshot snapshot = desk.library().snapshot(at);
    String wanted = request.get("filter").strip();
    List<Html> rows = new ArrayList<>();
    long[] count = {0};
    long skip = (long) request.page() * PAGE;
    MailboxSummary.forEach(
        store(snapshot),
        mailbox -> {
          desk.cancellation().check();
          String name = mailbox.mailbox().name();
          if (name.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT))) {
            if (count[0] >= skip && rows.size() < PAGE) {
              rows.add(row(at, mailbox));
            }
            count[0]++;
          }
        });
    Link self = Places.mailboxes(at).with("filter", wanted);
    return Response.page(
        200,
        Look.page(
            Look.Part.MAILBOXES,
            "Mailboxes",
            session,
            Moments.bar(desk, snapshot, moment -> Places.mailboxes(moment).with("filter", wanted)),
            others(all, snapshot),
            element(
                    "form",
                    Look.hidden("at", at),
                    element(
                        "label",
                        text("Name has "),
                        element("input")
                            .with("type", "search")
                            .with("name", "filter")
                            .with("value", wanted)),
                    element("button", "Show"))
                .as("line")
                .to("action", Link.of("/mailboxes")),
            rows.isEmpty()
                ? Look.note("No mailbox of this snapshot is called so.")
                : Look.table(
                    Units.count(count[0]) + (count[0] == 1 ? " mailbox" : " mailboxes"),
                    List.of("Mailbox", "Folders", "Messages", "Unseen", "Size", "Last change"),
                    rows),
            Look.pager(self, request.page(), PAGE, count[0])));
  }

  /** The newest snapshots of other things, which may have other mailboxes. */
  private static Html others(List<SnapshotLine> all, Snapshot shown) {
    Map<SourceName, SnapshotLine> newest = new TreeMap<>();
    all.forEach(line -> newest.put(line.source(), line));
    newest.remove(SourceName.of(shown.manifest()));
    return newest.isEmpty()
        ? Html.NOTHING
        : element(
                "p",
                text("Also backed up: "),
                Html.of(
                    newest.values().stream()
                        .map(
                            line ->
                                link(
                                    Places.mailboxes(line.id().toString()),
                                    line.source().host() + ": " + line.source().what()))
                        .toList()))
            .as("actions");
  }

  private SnapshotStore store(Snapshot snapshot) {
    SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(desk.library().reader()));
    return new SnapshotStore(
        new ServerTree(tree, new ContentReader(desk.library().reader()), RawPath.ROOT));
  }

  private static Html row(String at, MailboxSummary mailbox) {
    return Look.row(
        link(
            Places.mailbox("/mailbox", at, mailbox.mailbox().path().text()),
            mailbox.mailbox().name()),
        text(Units.count(mailbox.folders())),
        text(Units.count(mailbox.messages())),
        text(Units.count(mailbox.unseen())),
        text(Units.size(mailbox.bytes())),
        mailbox.changed().equals(Instant.MIN) ? text("–") : Look.time(mailbox.changed()));
  }
}
