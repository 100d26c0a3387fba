package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.engine.history.FoundMessage;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.HistoryQuery;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.model.Units;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.library.OpenMailbox;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/**
 * What a mailbox had at a moment or later, and has no longer. At the newest moment: whatever it has
 * lost as far back as snapshots go.
 */
record DeletedPage(Desk desk) implements Handler {

  private static final int MOST = 200;

  @Override
  public Response answer(Request request, Session session) {
    return desk.library().reading(() -> page(request, session));
  }

  private Response page(Request request, Session session) {
    OpenMailbox open = OpenMailbox.of(desk.library(), request.get("at"), request.get("box"));
    History history = desk.library().history();
    Optional<KnownMailbox> known =
        history.mailbox(open.snapshot().manifest().host(), open.stored().mailbox().path());
    Instant time = open.snapshot().manifest().time();
    SourceName source = SourceName.of(open.snapshot().manifest());
    boolean newest =
        desk.library().snapshots().stream()
            .noneMatch(line -> line.source().equals(source) && line.time().isAfter(time));
    HistoryQuery query =
        new HistoryQuery(
            MessageQuery.ALL,
            Optional.of(known.stream().toList()),
            Optional.empty(),
            true,
            newest ? Optional.empty() : Optional.of(time.plusNanos(1)));
    History.Result found = history.find(query, MOST);
    List<MessageRows.Line> lines =
        found.messages().stream()
            .sorted(Comparator.comparing(DeletedPage::gone).reversed())
            .map(DeletedPage::line)
            .toList();
    return Response.page(
        200,
        Look.page(
            Look.Part.MAILBOXES,
            open.stored().mailbox().name(),
            session,
            Moments.bar(
                desk, open.snapshot(), at -> Places.mailbox("/deleted", at, request.get("box"))),
            element(
                    "div",
                    element(
                        "aside",
                        MailboxPage.folders(open, open.stored().folders().getFirst(), true)),
                    element(
                        "section",
                        element("h2", newest ? "Deleted" : "Deleted since " + Units.time(time)),
                        lines.isEmpty()
                            ? Look.note("Nothing that a snapshot still has was deleted.")
                            : MessageRows.list(lines),
                        found.more()
                            ? Look.note("There are more; search for them, or go to a later moment.")
                            : Html.NOTHING))
                .as("split")));
  }

  private static Instant gone(FoundMessage message) {
    return message.gone().map(snapshot -> snapshot.time()).orElse(Instant.MAX);
  }

  /** What a search or a list of deleted messages shows. */
  static MessageRows.Line line(FoundMessage message) {
    List<String> fate =
        message.gone().isEmpty()
            ? List.of(message.place().folderName())
            : List.of(
                message.place().folderName(),
                "deleted before " + Units.time(message.gone().get().time()));
    return new MessageRows.Line(
        Places.message(message),
        message.header().from(),
        message.header().subject(),
        message.date(),
        message.size(),
        false,
        fate);
  }
}
