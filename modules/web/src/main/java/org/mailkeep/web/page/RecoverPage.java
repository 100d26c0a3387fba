package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.mailbox.HostStore;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.recover.HeaderFilters;
import org.mailkeep.engine.recover.MessageFilter;
import org.mailkeep.engine.recover.MissingMessage;
import org.mailkeep.engine.recover.Recover;
import org.mailkeep.engine.recover.RecoverObserver;
import org.mailkeep.engine.recover.RecoverSettings;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.OpenMailbox;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/**
 * Puts back what a live mailbox has lost: first what would come back is shown, by the same work
 * that does it then. One recovery at a time.
 */
final class RecoverPage {

  private static final int SHOWN = 200;

  private final Desk desk;
  private final ReentrantLock atWork = new ReentrantLock();

  RecoverPage(Desk desk) {
    this.desk = desk;
  }

  /** What would come back. */
  Response plan(Request request, Session session) {
    require();
    return desk.library().reading(() -> work(request, session, true));
  }

  /** Puts it back. */
  Response run(Request request, Session session) {
    require();
    if (!atWork.tryLock()) {
      throw new RefusedException("Another recovery is at work", "Wait until it has ended.");
    }
    try {
      return desk.library().reading(() -> work(request, session, false));
    } finally {
      atWork.unlock();
    }
  }

  private void require() {
    if (!desk.mayRecover()) {
      throw new RefusedException(
          "This page is read-only", "'mailkeep serve --allow-recover' serves one that is not.");
    }
  }

  private Response work(Request request, Session session, boolean dryRun) {
    OpenMailbox open = OpenMailbox.of(desk.library(), request.get("at"), request.get("box"));
    RawPath live = Mailboxes.of(new HostStore()).locate(open.stored().mailbox());
    Told told = new Told(open.headers());
    Recover recover =
        new Recover(
            open.stored(),
            open.content(),
            settings(request, open, live),
            told,
            desk.cancellation());
    Recover.Report report = dryRun ? recover.dryRun() : recover.run();
    return Response.page(
        200,
        Look.page(
            Look.Part.MAILBOXES,
            dryRun ? "Recover: what would come back" : "Recovered",
            session,
            Look.path(
                link(Places.mailboxes(request.get("at")), "Mailboxes"),
                link(Places.mailbox("/mailbox", open), open.stored().mailbox().name())),
            summary(open, live, report, dryRun),
            told.problems(),
            dryRun ? choices(request, session, open, report) : Html.NOTHING,
            told.list(report.recovered())));
  }

  private RecoverSettings settings(Request request, OpenMailbox open, RawPath live) {
    String name = request.get("name");
    MessageFilter filter =
        name.isEmpty() ? MessageFilter.ALL : HeaderFilters.named(Set.of(FileName.of(name)));
    RecoverSettings all = RecoverSettings.all(live, filter, desk.host());
    boolean whole = name.isEmpty() && !request.get("only").equals("folder");
    RecoverSettings some =
        whole ? all : all.onlyIn(open.folder(request.get("folder")).name().toString());
    return request.get("into").isBlank() ? some : some.into(request.get("into").strip());
  }

  private Html summary(OpenMailbox open, RawPath live, Recover.Report report, boolean dryRun) {
    String count =
        Units.count(report.recovered(), "message") + " (" + Units.size(report.bytes()) + ")";
    String what =
        report.recovered() == 0
            ? "Nothing is missing: the mailbox has all of it, perhaps in other folders."
            : dryRun ? count + " would come back. Nothing was written." : count + " came back.";
    String there = open.snapshot().manifest().host();
    return Html.of(
        element("p", what).as("outcome").with("role", "status"),
        element(
                "dl",
                line("Mailbox", element("bdi", open.stored().mailbox().name())),
                line("As it was", Look.time(open.snapshot().manifest().time())),
                line("Into", element("bdi", live.toString())),
                line("Looked at", text(Units.count(report.stored(), "message"))))
            .as("header"),
        there.equals(desk.host())
            ? Html.NOTHING
            : Look.warning(
                "The snapshot is of " + there + ", and this machine is " + desk.host() + "."));
  }

  private static Html line(String name, Html value) {
    return element("div", element("dt", name), element("dd", value));
  }

  private static Html choices(
      Request request, Session session, OpenMailbox open, Recover.Report report) {
    Html again =
        element(
                "form",
                carried(request),
                element(
                    "label",
                    element("span", "Into a folder (each goes back to its own if this is empty)"),
                    element("input")
                        .with("name", "into")
                        .with("value", request.get("into"))
                        .with("placeholder", "Recovered")),
                element("button", "Look again"))
            .as("line")
            .to("action", Link.of("/recover"));
    Html all =
        request.get("name").isEmpty() && !request.get("only").equals("folder")
            ? Html.NOTHING
            : element(
                "p", Look.button(Places.mailbox("/recover", open), "The whole mailbox instead"));
    if (report.recovered() == 0) {
      return Html.of(again, all);
    }
    return Html.of(
        Look.form(
                session,
                Link.of("/recover"),
                carried(request),
                Look.hidden("into", request.get("into")),
                element("button", "Recover " + Units.count(report.recovered(), "message"))
                    .as("act"))
            .as("line"),
        again,
        all);
  }

  private static Html carried(Request request) {
    return Html.of(
        List.of("at", "box", "folder", "name", "only").stream()
            .map(name -> Look.hidden(name, request.get(name)))
            .toList());
  }

  /** The first of the messages, and what went wrong. */
  private static final class Told implements RecoverObserver {
    private final HeaderReading headers;
    private final List<Html> rows = new ArrayList<>();
    private final List<Html> problems = new ArrayList<>();

    Told(HeaderReading headers) {
      this.headers = headers;
    }

    @Override
    public void missing(MissingMessage message) {
      if (rows.size() < SHOWN) {
        MissingMessage.Summary summary = message.summary(headers);
        rows.add(
            Look.row(
                Look.time(summary.time()),
                Look.orElse(summary.from(), "no sender"),
                Look.orElse(summary.subject(), "no subject"),
                element(
                    "bdi",
                    message.folder().equals(message.target())
                        ? message.folder()
                        : message.folder() + " → " + message.target()),
                text(Units.size(message.size()))));
      }
    }

    @Override
    public void problem(String words) {
      warning(words);
    }

    @Override
    public void warning(String words) {
      if (problems.size() < SHOWN) {
        problems.add(Look.warning(words));
      }
    }

    Html problems() {
      return Html.of(problems);
    }

    Html list(long all) {
      if (rows.isEmpty()) {
        return Html.NOTHING;
      }
      return Html.of(
          Look.table(
              Units.count(all, "message"),
              List.of("Date", "From", "Subject", "Folder", "Size"),
              rows),
          all > rows.size()
              ? Look.note("The first " + rows.size() + " are shown; all are meant.")
              : Html.NOTHING);
    }
  }
}
