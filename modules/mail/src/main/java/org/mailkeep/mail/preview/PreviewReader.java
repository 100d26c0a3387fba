package org.mailkeep.mail.preview;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.mail.header.AttachmentName;
import org.mailkeep.mail.header.HeaderText;
import org.mailkeep.mail.preview.MessagePreview.Attachment;
import org.mailkeep.mail.preview.MessagePreview.Text;

/** Reads a message for a preview, in one pass and bounded memory. For one message. */
public final class PreviewReader {

  /** The most characters of all texts together. */
  public static final int MAX_TEXT = 200_000;

  /** The most parts that are told, attachments and texts. */
  public static final int MAX_PARTS = 100;

  /** The most bytes of one part that are read as HTML, whose parsing takes some ten times that. */
  private static final int MAX_HTML = 256 << 10;

  private static final int MAX_DEPTH = 30;
  private static final int MAX_TYPE = 100;

  /** No line of a header, and no header, is held beyond this. */
  private static final MimeConfig LIMITS =
      new MimeConfig.Builder()
          .setMaxLineLen(256 << 10)
          .setMaxHeaderLen(256 << 10)
          .setMaxHeaderCount(5000)
          .build();

  private final List<Text> texts = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private int left = MAX_TEXT;
  private boolean cut;
  private Optional<String> fileName = Optional.empty();
  private boolean attached;

  private PreviewReader() {}

  /**
   * Reads a message.
   *
   * @throws IOException where the stream fails; malformed mail is no failure
   */
  public static MessagePreview read(InputStream message) throws IOException {
    PreviewReader reader = new PreviewReader();
    MimeTokenStream tokens = new MimeTokenStream(LIMITS);
    tokens.parse(message);
    try {
      reader.take(tokens);
    } catch (MimeException | MimeIOException e) {
      // What was read up to here is better than nothing.
      reader.cut = true;
    }
    return new MessagePreview(reader.texts, reader.attachments, reader.cut);
  }

  private void take(MimeTokenStream tokens) throws IOException, MimeException {
    int depth = 0;
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      switch (state) {
        case T_START_HEADER -> {
          fileName = Optional.empty();
          attached = false;
        }
        case T_FIELD -> field(tokens.getField());
        case T_START_MULTIPART, T_START_MESSAGE -> depth++;
        case T_END_MULTIPART, T_END_MESSAGE -> depth--;
        case T_BODY -> body(tokens);
        default -> {}
      }
      if (depth > MAX_DEPTH || texts.size() + attachments.size() >= MAX_PARTS) {
        cut = true;
        return;
      }
    }
  }

  private void field(Field field) {
    boolean disposition = field.getName().equalsIgnoreCase("Content-Disposition");
    if (disposition || field.getName().equalsIgnoreCase("Content-Type")) {
      byte[] body = field.getBody().getBytes(StandardCharsets.ISO_8859_1);
      if (disposition || fileName.isEmpty()) {
        fileName = AttachmentName.of(body, body.length).or(() -> fileName);
      }
      attached |=
          disposition && field.getBody().strip().regionMatches(true, 0, "attachment", 0, 10);
    }
  }

  private void body(MimeTokenStream tokens) throws IOException {
    BodyDescriptor part = tokens.getBodyDescriptor();
    String type = part.getMimeType();
    boolean html = type.equalsIgnoreCase("text/html");
    boolean shown = (html || type.equalsIgnoreCase("text/plain")) && !attached;
    InputStream content = tokens.getDecodedInputStream();
    if (shown && left > 0) {
      text(content, part.getCharset(), html);
    } else {
      cut |= shown;
      attachments.add(
          new Attachment(
              fileName.orElse(""),
              HeaderText.clean(type, MAX_TYPE),
              content.transferTo(OutputStream.nullOutputStream())));
    }
  }

  private void text(InputStream content, @Nullable String charset, boolean html)
      throws IOException {
    PartText.Read read = PartText.read(content, charset, html ? MAX_HTML : 4 * left);
    String whole = html ? HtmlText.of(read.text()) : read.text().replace("\r\n", "\n");
    String text = PartText.harmless(whole);
    cut |= read.cut() || text.length() > left;
    texts.add(new Text(html, beginning(text, left)));
    left -= Math.min(left, text.length());
  }

  private static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
