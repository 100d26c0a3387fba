package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;

import java.util.List;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.engine.recover.StoredMailbox.Folder;
import org.mailkeep.model.Units;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.FolderPage;
import org.mailkeep.web.library.OpenMailbox;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** A mailbox at a moment: its folders, and the messages of one. */
record MailboxPage(Desk desk) implements Handler {

  private static final int PAGE = 100;

  @Override
  public Response answer(Request request, Session session) {
    return desk.library().reading(() -> page(request, session));
  }

  private Response page(Request request, Session session) {
    OpenMailbox open = OpenMailbox.of(desk.library(), request.get("at"), request.get("box"));
    Folder folder = open.folder(request.get("folder"));
    FolderPage page = FolderPage.of(open.stored(), folder, request.page() * PAGE, PAGE);
    List<MessageRows.Line> lines =
        page.messages().stream()
            .map(
                message ->
                    MessageRows.Line.of(
                        Places.message("/message", open, folder, message), message, open.headers()))
            .toList();
    Link self = Places.folder("/mailbox", open, folder);
    return Response.page(
        200,
        Look.page(
            Look.Part.MAILBOXES,
            open.stored().mailbox().name(),
            session,
            Moments.bar(
                desk,
                open.snapshot(),
                at ->
                    Places.mailbox("/mailbox", at, request.get("box"))
                        .with("folder", request.get("folder"))),
            element(
                    "div",
                    element("aside", folders(open, folder, false)),
                    element(
                        "section",
                        element("h2", folder.name().toString()),
                        actions(open, folder),
                        lines.isEmpty() ? Look.note("No messages.") : MessageRows.list(lines),
                        Look.pager(self, request.page(), PAGE, page.all())))
                .as("split")));
  }

  /**
   * The folders of a mailbox.
   *
   * @param deleted whether the deleted messages are shown, and not a folder
   */
  static Html folders(OpenMailbox open, Folder shown, boolean deleted) {
    StoredMailbox stored = open.stored();
    List<Html.Element> items =
        stored.folders().stream()
            .map(
                folder -> {
                  Html.Element to =
                      link(
                          Places.folder("/mailbox", open, folder),
                          element("bdi", folder.name().toString()),
                          element("small", Units.count(stored.count(folder))));
                  boolean here = !deleted && folder.equals(shown);
                  return element("li", here ? to.with("aria-current", "page") : to);
                })
            .toList();
    Html.Element gone = link(Places.mailbox("/deleted", open), "Deleted since");
    return element(
            "nav",
            element(
                "ul",
                Html.of(items),
                element("li", deleted ? gone.with("aria-current", "page") : gone).as("apart")))
        .as("folders")
        .with("aria-label", "Folders");
  }

  private Html actions(OpenMailbox open, Folder folder) {
    return element(
            "p",
            desk.mayRecover()
                ? Look.button(
                    Places.folder("/recover", open, folder).with("only", "folder"),
                    "Recover what is missing …")
                : Html.NOTHING,
            Look.button(Places.folder("/folder.zip", open, folder), "Download folder (.zip)"),
            Look.button(
                Link.of("/diff")
                    .with("to", open.snapshot().id())
                    .with("box", open.stored().mailbox().path().text()),
                "Compare with another moment"))
        .as("actions");
  }
}
