package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.engine.diff.DiffObserver;
import org.mailkeep.engine.diff.Difference;
import org.mailkeep.engine.diff.MessageChange;
import org.mailkeep.engine.diff.MessageDiff;
import org.mailkeep.engine.diff.TreeDiff;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.SnapshotLine;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** What became of messages between two moments, in one mailbox or in all. */
record DiffPage(Desk desk) implements Handler {

  /** More are counted, but not shown: their headers would all have to be read. */
  private static final int MOST = 300;

  private static final int CHOICES = 300;

  @Override
  public Response answer(Request request, Session session) {
    return desk.library().reading(() -> page(request, session));
  }

  private Response page(Request request, Session session) {
    List<SnapshotLine> all = desk.library().snapshots();
    if (all.isEmpty()) {
      throw new NotFoundException("The repository holds no snapshot yet", "");
    }
    String newest = all.getLast().id().toString();
    Snapshot after =
        desk.library().snapshot(request.get("to").isEmpty() ? newest : request.get("to"));
    List<SnapshotLine> same = same(all, after);
    String from = request.get("from").isEmpty() ? before(same, after) : request.get("from");
    Snapshot before = desk.library().snapshot(from);
    RawPath path = request.get("box").isEmpty() ? RawPath.ROOT : RawPath.of(request.get("box"));
    return Response.page(
        200,
        Look.page(
            Look.Part.SNAPSHOTS,
            "Differences",
            session,
            form(same, before, after, request.get("box")),
            request.get("box").isEmpty()
                ? Html.NOTHING
                : element("p", text("In "), element("bdi", path.toString())),
            compare(before, after, path)));
  }

  private static List<SnapshotLine> same(List<SnapshotLine> all, Snapshot snapshot) {
    SourceName source = SourceName.of(snapshot.manifest());
    return all.stream().filter(line -> line.source().equals(source)).toList();
  }

  /** The one before, else itself. */
  private static String before(List<SnapshotLine> same, Snapshot snapshot) {
    return same.stream()
        .filter(line -> line.time().isBefore(snapshot.manifest().time()))
        .reduce((_, last) -> last)
        .map(line -> line.id().toString())
        .orElse(snapshot.id().toString());
  }

  private static Html form(
      List<SnapshotLine> same, Snapshot before, Snapshot after, String mailbox) {
    return element(
            "form",
            Look.hidden("box", mailbox),
            choice("from", "From", same, before),
            choice("to", "To", same, after),
            element("button", "Compare"))
        .as("line")
        .to("action", Link.of("/diff"));
  }

  /** The newest ones; and the one that is chosen, however old. */
  private static Html choice(String name, String words, List<SnapshotLine> same, Snapshot chosen) {
    List<Html> options = new ArrayList<>();
    for (int i = same.size() - 1; i >= 0; i--) {
      SnapshotLine line = same.get(i);
      boolean here = line.id().equals(chosen.id());
      if (here || same.size() - i <= CHOICES) {
        options.add(
            element("option", Units.time(line.time()))
                .with("value", line.id())
                .when(here, "selected"));
      }
    }
    return element(
        "label", element("span", words), element("select", Html.of(options)).with("name", name));
  }

  private Html compare(Snapshot before, Snapshot after, RawPath path) {
    TreeReader trees = new TreeReader(desk.library().reader());
    Optional<Entry> was = new SnapshotTree(before, trees).find(path).map(SnapshotTree.Found::entry);
    Optional<Entry> is = new SnapshotTree(after, trees).find(path).map(SnapshotTree.Found::entry);
    try (MessageDiff messages = new MessageDiff(MessageDiff.Identity.CONTENT)) {
      Watch watch = new Watch(messages);
      new TreeDiff(trees, watch, desk.cancellation()).compare(path, was, is);
      Rows rows = new Rows(new HeaderReading(desk.library().reader()));
      messages.finish(rows::add);
      return Html.of(
          watch.damaged ? Look.warning("Some of it cannot be read: it is damaged.") : Html.NOTHING,
          rows.html());
    }
  }

  private static final class Watch implements DiffObserver {
    private final MessageDiff messages;
    private boolean damaged;

    Watch(MessageDiff messages) {
      this.messages = messages;
    }

    @Override
    public void found(Difference difference) {
      messages.add(difference);
    }

    @Override
    public void damaged(RawPath directory, UnreadableException problem) {
      damaged = true;
    }
  }

  private static final class Rows {
    private final HeaderReading headers;
    private final List<Html> rows = new ArrayList<>();
    private long count;

    Rows(HeaderReading headers) {
      this.headers = headers;
    }

    void add(MessageChange change) {
      count++;
      if (rows.size() < MOST) {
        rows.add(row(change));
      }
    }

    private Html row(MessageChange change) {
      return switch (change) {
        case MessageChange.Added added -> row("added", added.entry(), added.path(), "");
        case MessageChange.Deleted deleted -> row("deleted", deleted.entry(), deleted.path(), "");
        case MessageChange.Moved moved ->
            row("moved", moved.entry(), moved.path(), "from " + moved.from().parent().parent());
        case MessageChange.Flagged flagged ->
            row(
                "flags",
                flagged.entry(),
                flagged.path(),
                words(flagged.before()) + " → " + words(flagged.after()));
        case MessageChange.Altered altered -> row("altered", altered.entry(), altered.path(), "");
      };
    }

    private static String words(String flags) {
      List<String> words = new ArrayList<>(MessageRows.words(flags));
      words.addFirst(flags.indexOf('S') < 0 ? "unread" : "read");
      return String.join(", ", words);
    }

    private Html row(String what, Entry entry, RawPath path, String more) {
      String from = "";
      String subject = "";
      if (entry.body() instanceof Body.RegularFile file) {
        try {
          HeaderFacts facts = headers.read(file.recipe());
          from = facts.from();
          subject = facts.subject();
        } catch (UnreadableException e) {
          subject = "(damaged)";
        }
      }
      return Look.row(
          element("span", what).as("tag " + what),
          Look.orElse(from, "no sender"),
          Look.orElse(subject, "no subject"),
          element("bdi", path.parent().parent().toString()),
          text(more));
    }

    Html html() {
      if (count == 0) {
        return Look.note("No message came, went or changed.");
      }
      return Html.of(
          Look.table(
              Units.count(count, "change"),
              List.of("What", "From", "Subject", "Where", "How"),
              rows),
          count > rows.size()
              ? Look.note("The first " + rows.size() + " are shown; 'mailkeep diff -m' has all.")
              : Html.NOTHING);
    }
  }
}
