package org.mailkeep.mail.message;

import org.jspecify.annotations.Nullable;

/**
 * Reads a header line by line (RFC 5322, 2.2) and keeps the two fields that say how the body is
 * read. Of each, the first in the header counts.
 */
final class HeaderReader {

  /** What a line is in a header. */
  enum Line {
    /** The first line of a field. */
    FIELD,
    /** A line that goes on with the field before it. */
    FOLDED,
    /** The empty line behind the header. */
    EMPTY,
    /** No line of a header: the body begins with it, without an empty line before. */
    OTHER
  }

  /** Longer names are none: a name must stand in the head of a line with room to spare. */
  private static final int MAX_NAME = 256;

  private final FieldBody contentType = new FieldBody();
  private final FieldBody encoding = new FieldBody();
  private @Nullable FieldBody current;
  private boolean anyField;

  void reset() {
    contentType.reset();
    encoding.reset();
    current = null;
    anyField = false;
  }

  /** Takes the line {@code [from, to)}, given without its line end. */
  Line line(byte[] bytes, int from, int to) {
    if (from == to) {
      return Line.EMPTY;
    }
    if (Ascii.isBlank(bytes[from])) {
      if (!anyField) {
        return Line.OTHER;
      }
      if (current != null) {
        current.append(bytes, from, to);
      }
      return Line.FOLDED;
    }
    int nameEnd = nameEnd(bytes, from, to);
    if (nameEnd < 0 && !isMboxLine(bytes, from, to)) {
      return Line.OTHER;
    }
    anyField = true;
    current = nameEnd < 0 ? null : wanted(bytes, from, nameEnd);
    if (current != null) {
      int colon = Ascii.skipBlanks(bytes, nameEnd, to);
      current.append(bytes, colon + 1, to);
    }
    return Line.FIELD;
  }

  private @Nullable FieldBody wanted(byte[] bytes, int from, int nameEnd) {
    FieldBody field = null;
    if (Ascii.equalsIgnoreCase(bytes, from, nameEnd, "content-type")) {
      field = contentType;
    } else if (Ascii.equalsIgnoreCase(bytes, from, nameEnd, "content-transfer-encoding")) {
      field = encoding;
    }
    return field == null || field.isPresent() ? null : field;
  }

  /** Where the field's name ends, or -1 if no printable ASCII and colon begin the line. */
  static int nameEnd(byte[] bytes, int from, int to) {
    int i = from;
    int max = Math.min(to, from + MAX_NAME);
    while (i < max && bytes[i] > ' ' && bytes[i] < 127 && bytes[i] != ':') {
      i++;
    }
    int colon = Ascii.skipBlanks(bytes, i, max);
    return i > from && colon < max && bytes[colon] == ':' ? i : -1;
  }

  /** The "From " line of an mbox, quoted or not, which some deliveries leave in the header. */
  static boolean isMboxLine(byte[] bytes, int from, int to) {
    return Ascii.startsWithIgnoreCase(bytes, from, to, "from ")
        || Ascii.startsWithIgnoreCase(bytes, from, to, ">from ");
  }

  boolean isBase64() {
    return encoding.valueIs("base64");
  }

  /** Whether the body is a message with a header of its own, not encoded. */
  boolean isMessage() {
    return !isBase64()
        && (contentType.valueIs("message/rfc822")
            || contentType.valueIs("message/global")
            || contentType.valueIs("message/news"));
  }

  /** The border of the parts that follow; null if this is no multipart. */
  byte @Nullable [] boundary() {
    return contentType.valueBegins("multipart/") ? contentType.boundary() : null;
  }
}
