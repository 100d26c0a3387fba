package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.mailkeep.engine.content.ContentStream;
import org.mailkeep.engine.recover.StoredMailbox.Folder;
import org.mailkeep.engine.recover.StoredMessage;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.preview.MessagePreview;
import org.mailkeep.mail.preview.PreviewReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.library.OpenMailbox;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/**
 * A message: its texts as text, what is attached by name and size. Nothing of it is run or loaded.
 */
record MessagePage(Desk desk) implements Handler {

  @Override
  public Response answer(Request request, Session session) {
    return desk.library().reading(() -> page(request, session));
  }

  /** The message that a request names. */
  static StoredMessage find(OpenMailbox open, Folder folder, Request request) {
    return open.stored()
        .find(folder, FileName.of(request.get("name")))
        .orElseThrow(() -> new NotFoundException("The folder has no such message then", ""));
  }

  private Response page(Request request, Session session) {
    OpenMailbox open = OpenMailbox.of(desk.library(), request.get("at"), request.get("box"));
    Folder folder = open.folder(request.get("folder"));
    StoredMessage message = find(open, folder, request);
    HeaderFacts facts = open.headers().read(message.recipe());
    MessagePreview preview = preview(open, message);
    return Response.page(
        200,
        Look.page(
            Look.Part.MAILBOXES,
            facts.subject().isBlank() ? "(no subject)" : facts.subject(),
            session,
            Look.path(
                link(Places.mailboxes(open.snapshot().id().toString()), "Mailboxes"),
                link(Places.mailbox("/mailbox", open), open.stored().mailbox().name()),
                link(Places.folder("/mailbox", open, folder), folder.name().toString())),
            header(open, message, facts),
            actions(open, folder, message),
            preview.cut()
                ? Look.warning("The message is long or malformed: some of it is not shown here.")
                : Html.NOTHING,
            texts(preview),
            attachments(preview)));
  }

  private static MessagePreview preview(OpenMailbox open, StoredMessage message) {
    try (ContentStream content = ContentStream.of(open.content(), message.recipe())) {
      return PreviewReader.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Html header(OpenMailbox open, StoredMessage message, HeaderFacts facts) {
    List<String> flags = new ArrayList<>(MessageRows.words(message.name().flags()));
    if (message.isNew()) {
      flags.addFirst("new");
    } else if (message.name().flags().indexOf('S') < 0) {
      flags.addFirst("unread");
    }
    return element(
            "dl",
            line("From", Look.orElse(facts.from(), "no sender")),
            line("To", Look.orElse(facts.to(), "nobody")),
            line("Date", facts.date().map(Look::time).orElse(element("em", "none"))),
            line("Delivered", Look.time(message.delivered())),
            line("Size", text(Units.size(message.size()))),
            flags.isEmpty() ? Html.NOTHING : line("Flags", text(String.join(", ", flags))),
            line(
                "In",
                Html.of(text("the snapshot of "), Look.time(open.snapshot().manifest().time()))))
        .as("header");
  }

  private static Html line(String name, Html value) {
    return element("div", element("dt", name), element("dd", value));
  }

  private Html actions(OpenMailbox open, Folder folder, StoredMessage message) {
    return element(
            "p",
            desk.mayRecover()
                ? Look.button(
                    Places.message("/recover", open, folder, message), "Recover this message …")
                : Html.NOTHING,
            Look.button(Places.message("/message.eml", open, folder, message), "Download (.eml)"))
        .as("actions");
  }

  private static Html texts(MessagePreview preview) {
    if (preview.texts().isEmpty()) {
      return Look.note("The message has no text.");
    }
    return Html.of(
        preview.texts().stream()
            .map(part -> part(part, preview.hasPlainText() && part.html()))
            .toList());
  }

  /** What is also there as plain text is not shown twice unless somebody asks for it. */
  private static Html part(MessagePreview.Text part, boolean closed) {
    Html body =
        part.text().isBlank()
            ? Look.note("This part is empty.")
            : element("pre", part.text()).as("text").with("dir", "auto").with("tabindex", "0");
    return part.html()
        ? element("details", element("summary", "The text of the HTML part"), body)
            .when(!closed, "open")
        : body;
  }

  private static Html attachments(MessagePreview preview) {
    if (preview.attachments().isEmpty()) {
      return Html.NOTHING;
    }
    return Html.of(
        element("h2", "Attachments"),
        element(
                "ul",
                Html.of(
                    preview.attachments().stream()
                        .map(
                            file ->
                                element(
                                    "li",
                                    Look.orElse(file.name(), "no name"),
                                    text(" "),
                                    element("small", file.type() + ", " + Units.size(file.size()))))
                        .toList()))
            .as("files"));
  }
}
