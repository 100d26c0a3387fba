package org.mailkeep.mail.header;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link HeaderFacts} off a message that passes by. Give it the bytes in order, in pieces of
 * any size, and say where some were left out; what was decoded from base64 can be. Then ask for the
 * facts and begin with the next. One thread at a time.
 *
 * <p>The header is read as RFC 5322 has it; of a field that comes twice the first counts. In the
 * body of a multipart, every line that begins as a Content-Disposition or Content-Type field is
 * taken for one: whether it stands in the header of a part could only be told by all that is
 * between, and an attachment of a message that is quoted is one that people look for, too.
 */
public final class HeaderFactsReader {

  /** Bytes looked at behind the header: the attachments' headers of all but odd messages. */
  private static final int MAX_BODY = 1 << 20;

  /** Longer lines are cut; four times RFC 5322's longest. */
  private static final int MAX_LINE = 4000;

  private static final int MAX_SHORT = 500;

  private enum Place {
    HEADER,
    BODY,
    PASSED
  }

  private final FieldBytes date = new FieldBytes();
  private final FieldBytes from = new FieldBytes();
  private final FieldBytes to = new FieldBytes();
  private final FieldBytes cc = new FieldBytes();
  private final FieldBytes subject = new FieldBytes();
  private final FieldBytes messageId = new FieldBytes();
  private final FieldBytes part = new FieldBytes();
  private final FieldBytes[] ofHeader = {date, from, to, cc, subject, messageId};
  private final Set<String> attachments = new LinkedHashSet<>();
  private final byte[] line = new byte[MAX_LINE];
  private int lineLength;
  private long lineWhole;
  private boolean lineOpen;
  private @Nullable FieldBytes current;
  private Place place = Place.HEADER;
  private boolean multipart;
  private long bodyLeft = MAX_BODY;

  /** The next bytes of the message. */
  public void feed(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && place != Place.PASSED) {
      int lineFeed = lineFeed(bytes, at, end);
      if (lineFeed < 0) {
        keep(bytes, at, end);
        break;
      }
      if (lineOpen) {
        keep(bytes, at, lineFeed);
        endLine();
      } else {
        line(bytes, at, Math.min(lineFeed, at + MAX_LINE));
        pass(lineFeed - at);
      }
      at = lineFeed + 1;
    }
  }

  /** Whether nothing that may still come changes the facts. */
  public boolean isDone() {
    return place == Place.PASSED;
  }

  /** Bytes of the message were left out here. */
  public void gap() {
    endLine();
    endField();
  }

  /** The facts of the message, all of which was given; the next one may begin. */
  public HeaderFacts finish() {
    gap();
    String recipients = to.text(HeaderFacts.MAX_TEXT);
    String copies = cc.text(HeaderFacts.MAX_TEXT);
    String all = recipients.isEmpty() || copies.isEmpty() ? "" : ", ";
    HeaderFacts facts =
        new HeaderFacts(
            MailDate.parse(date.text(MAX_SHORT)),
            from.text(MAX_SHORT),
            HeaderText.clean(recipients + all + copies, HeaderFacts.MAX_TEXT),
            subject.text(MAX_SHORT),
            withoutBrackets(messageId.text(MAX_SHORT)),
            attachments.stream().limit(HeaderFacts.MAX_ATTACHMENTS).toList());
    clear();
    return facts;
  }

  /** Forgets the message of which some was given. */
  public void clear() {
    for (FieldBytes field : ofHeader) {
      field.clear();
    }
    part.clear();
    attachments.clear();
    forgetLine();
    current = null;
    place = Place.HEADER;
    multipart = false;
    bodyLeft = MAX_BODY;
  }

  private static int lineFeed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void keep(byte[] bytes, int from, int to) {
    int count = Math.min(to - from, MAX_LINE - lineLength);
    System.arraycopy(bytes, from, line, lineLength, count);
    lineLength += count;
    lineWhole += to - from;
    lineOpen = true;
  }

  private void pass(long count) {
    if (place == Place.BODY) {
      bodyLeft -= count + 1;
      if (bodyLeft < 0) {
        endField();
        place = Place.PASSED;
      }
    }
  }

  private void endLine() {
    if (lineOpen) {
      line(line, 0, lineLength);
      pass(lineWhole);
      forgetLine();
    }
  }

  private void forgetLine() {
    lineLength = 0;
    lineWhole = 0;
    lineOpen = false;
  }

  private void line(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    if (end > from && isBlank(bytes[from])) {
      if (current != null) {
        current.append(bytes, from, end);
      }
      return;
    }
    endField();
    if (place == Place.BODY) {
      beginField(bytes, from, end, partField(bytes, from, end));
    } else if (end == from) {
      headerEnds();
    } else {
      headerLine(bytes, from, end);
    }
  }

  private void headerLine(byte[] bytes, int from, int end) {
    int colon = colon(bytes, from, end);
    if (colon > 0) {
      beginField(bytes, from, end, headerField(bytes, from, colon));
    } else if (!startsWith(bytes, from, end, "from ") && !startsWith(bytes, from, end, ">from ")) {
      headerEnds();
    }
  }

  private void headerEnds() {
    place = multipart ? Place.BODY : Place.PASSED;
  }

  private void beginField(byte[] bytes, int from, int end, @Nullable FieldBytes field) {
    current = field;
    if (field != null) {
      field.append(bytes, colon(bytes, from, end) + 1, end);
    }
  }

  /** The field that begins here, if it is wanted and the header has not had it. */
  private @Nullable FieldBytes headerField(byte[] bytes, int from, int colon) {
    FieldBytes field =
        switch (bytes[from] | 0x20) {
          case 'd' -> is(bytes, from, colon, "date") ? date : null;
          case 'f' -> is(bytes, from, colon, "from") ? this.from : null;
          case 't' -> is(bytes, from, colon, "to") ? to : null;
          case 's' -> is(bytes, from, colon, "subject") ? subject : null;
          case 'm' -> is(bytes, from, colon, "message-id") ? messageId : null;
          case 'c' -> is(bytes, from, colon, "cc") ? cc : partField(bytes, from, colon + 1);
          default -> null;
        };
    return field == null || field.isPresent() ? null : field;
  }

  private @Nullable FieldBytes partField(byte[] bytes, int from, int end) {
    boolean wanted =
        startsWith(bytes, from, end, "content-type:")
            || startsWith(bytes, from, end, "content-disposition:");
    return wanted ? part : null;
  }

  private void endField() {
    if (current == part && part.isPresent()) {
      if (place == Place.HEADER) {
        multipart |= part.text(MAX_SHORT).toLowerCase(Locale.ROOT).startsWith("multipart/");
      }
      if (attachments.size() < HeaderFacts.MAX_ATTACHMENTS) {
        AttachmentName.of(part.bytes(), part.length()).ifPresent(attachments::add);
      }
      part.clear();
    }
    current = null;
  }

  /** Where the colon behind the name of a field is, or -1 where there is no name. */
  private static int colon(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] > ' ' && bytes[i] < 127 && bytes[i] != ':') {
      i++;
    }
    int nameEnd = i;
    while (i < end && isBlank(bytes[i])) {
      i++;
    }
    return nameEnd > from && i < end && bytes[i] == ':' ? i : -1;
  }

  /** Whether the name before the colon is this one. */
  private static boolean is(byte[] bytes, int from, int colon, String name) {
    int end = colon;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end - from == name.length() && startsWith(bytes, from, end, name);
  }

  private static boolean startsWith(byte[] bytes, int from, int end, String lower) {
    if (end - from < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static String withoutBrackets(String id) {
    int open = id.indexOf('<');
    int close = id.indexOf('>', open + 1);
    return open >= 0 && close > open ? id.substring(open + 1, close).strip() : id;
  }
}
