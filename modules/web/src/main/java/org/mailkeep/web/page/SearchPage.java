package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.text;

import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.HistoryQuery;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.engine.history.TextPattern;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** Messages of all snapshots, by what their headers say. */
record SearchPage(Desk desk) implements Handler {

  private static final int MOST = 200;

  @Override
  public Response answer(Request request, Session session) {
    return desk.library().reading(() -> page(request, session));
  }

  private Response page(Request request, Session session) {
    boolean deleted = !request.get("deleted").isEmpty();
    MessageQuery message = message(request);
    boolean asked =
        deleted || !request.get("mailbox").isBlank() || !message.equals(MessageQuery.ALL);
    return Response.page(
        200,
        Look.page(
            Look.Part.SEARCH,
            "Search",
            session,
            form(request, deleted),
            asked
                ? found(
                    new HistoryQuery(
                        message, mailboxes(request), Optional.empty(), deleted, Optional.empty()))
                : Look.note(
                    "Whole words, in any order, of senders, recipients, subjects and names of"
                        + " attachments, in all snapshots. A word with * at its end is the"
                        + " beginning of one.")));
  }

  private MessageQuery message(Request request) {
    SnapshotQuery times = new SnapshotQuery(desk.zone());
    return new MessageQuery(
        given(request, "from").map(TextPattern::of),
        given(request, "to").map(TextPattern::of),
        given(request, "subject").map(TextPattern::of),
        Optional.empty(),
        Optional.empty(),
        given(request, "since").map(times::parseStart),
        given(request, "before").map(times::parseStart),
        Optional.empty(),
        Optional.empty(),
        given(request, "q").map(TextPattern::of));
  }

  private static Optional<String> given(Request request, String name) {
    return Optional.of(request.get(name).strip()).filter(text -> !text.isEmpty());
  }

  private Optional<List<KnownMailbox>> mailboxes(Request request) {
    return given(request, "mailbox").map(desk.library().history()::mailboxes);
  }

  private Html found(HistoryQuery query) {
    History.Result result = desk.library().history().find(query, MOST);
    if (result.messages().isEmpty()) {
      return Look.note("Nothing was found.");
    }
    String count = Units.count(result.messages().size(), "message");
    return Html.of(
        element("h2", result.more() ? "The last " + count + " of more" : count),
        MessageRows.list(result.messages().reversed().stream().map(DeletedPage::line).toList()));
  }

  private static Html form(Request request, boolean deleted) {
    return element(
            "form",
            field(request, "q", "Words", "search").as("wide"),
            field(request, "from", "From", "text"),
            field(request, "to", "To", "text"),
            field(request, "subject", "Subject", "text"),
            field(request, "mailbox", "Mailbox", "text"),
            field(request, "since", "Dated from", "date"),
            field(request, "before", "Before", "date"),
            element(
                "label",
                element("input")
                    .with("type", "checkbox")
                    .with("name", "deleted")
                    .with("value", "1")
                    .when(deleted, "checked"),
                text(" only deleted ones")),
            element("button", "Search"))
        .as("search")
        .with("role", "search")
        .to("action", Link.of("/search"));
  }

  private static Html.Element field(Request request, String name, String words, String type) {
    return element(
        "label",
        element("span", words),
        element("input").with("type", type).with("name", name).with("value", request.get(name)));
  }
}
