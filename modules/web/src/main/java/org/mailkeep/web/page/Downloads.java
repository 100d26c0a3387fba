package org.mailkeep.web.page;

import java.util.List;
import java.util.OptionalLong;
import org.mailkeep.engine.content.StreamTarget;
import org.mailkeep.engine.export.Export;
import org.mailkeep.engine.export.ExportFormat;
import org.mailkeep.engine.export.ExportObserver;
import org.mailkeep.engine.recover.StoredMailbox.Folder;
import org.mailkeep.engine.recover.StoredMessage;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.web.library.OpenMailbox;
import org.mailkeep.web.server.Request;
import org.mailkeep.web.server.Response;

/** Messages and folders as files. They are written while they are read. */
record Downloads(Desk desk) {

  /** One message, byte for byte. */
  Response message(Request request) {
    return desk.library()
        .reading(
            () -> {
              OpenMailbox open = open(request);
              Folder folder = open.folder(request.get("folder"));
              StoredMessage message = MessagePage.find(open, folder, request);
              return Response.download(
                  "message/rfc822",
                  name(List.of(open.headers().read(message.recipe()).subject()), ".eml"),
                  OptionalLong.of(message.size()),
                  out ->
                      desk.library()
                          .reading(
                              () -> {
                                open.content().write(message.recipe(), StreamTarget.to(out));
                                return true;
                              }));
            });
  }

  /** A folder with its messages, as an archive. */
  Response folder(Request request) {
    return desk.library()
        .reading(
            () -> {
              OpenMailbox open = open(request);
              Folder folder = open.folder(request.get("folder"));
              return Response.download(
                  "application/zip",
                  name(List.of(open.stored().mailbox().name(), folder.name().toString()), ".zip"),
                  OptionalLong.empty(),
                  out ->
                      desk.library()
                          .reading(
                              () -> {
                                new Export(
                                        open.snapshot(),
                                        open.tree(),
                                        open.content(),
                                        new Watch(),
                                        desk.cancellation())
                                    .run(folder.directory().path(), ExportFormat.ZIP, out);
                                return true;
                              }));
            });
  }

  private OpenMailbox open(Request request) {
    return OpenMailbox.of(desk.library(), request.get("at"), request.get("box"));
  }

  private static String name(List<String> words, String suffix) {
    String text = RawText.display(String.join(" ", words)).replaceAll("[/\\\\:*?\"<>|]+", "_");
    String plain = text.isBlank() ? "message" : text.strip();
    return plain.substring(0, Math.min(plain.length(), 80)) + suffix;
  }

  /** What cannot be read breaks the file off: half an archive that looks whole would be a lie. */
  private static final class Watch implements ExportObserver {
    @Override
    public void expected(long files, long bytes) {}

    @Override
    public void writing(RawPath path) {}

    @Override
    public void done(long files, long bytes) {}

    @Override
    public void problem(RawPath path, String problem) {
      throw new DamagedException(path.toString(), problem);
    }
  }
}
