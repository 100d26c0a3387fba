package org.mailkeep.mail.message;

import java.util.Objects;

/**
 * Splits messages into runs. Feed the bytes of a message in pieces of any size, then {@link
 * #finish}; the next message may follow. Whatever the bytes, the runs give them back exactly, and
 * they do not depend on the pieces. One thread at a time.
 */
public final class MessageSplitter {

  /** What of a line is looked at. Twice RFC 5322's longest line, so only broken lines are cut. */
  static final int HEAD = 2048;

  /** Where in the message the next line stands. */
  private enum Place {
    HEADER,
    /** Content in which only a border is of interest. */
    CONTENT,
    BASE64
  }

  private final RunJoiner joiner;
  private final HeaderReader header = new HeaderReader();
  private final TraceFields trace;
  private final BorderStack borders;
  private final Base64Decoding base64;

  /** The head of a line that began in an earlier piece. */
  private final byte[] head = new byte[HEAD];

  private int headLength;
  private boolean insideLine;
  private Place place = Place.HEADER;

  private boolean inTopHeader = true;

  /** Splits into {@code sink} with the measured limits. */
  public MessageSplitter(RunSink sink) {
    this(sink, SplitLimits.DEFAULT);
  }

  /** Splits into {@code sink}. */
  public MessageSplitter(RunSink sink, SplitLimits limits) {
    joiner = new RunJoiner(sink, limits);
    trace = new TraceFields(limits.maxReceived());
    borders = new BorderStack(limits.maxDepth());
    base64 = new Base64Decoding(sink, joiner, limits.minBinary(), limits.maxBinary());
  }

  /** Forgets a message of which not all was fed; the sink hears nothing more of it. */
  public void reset() {
    joiner.reset();
    header.reset();
    borders.reset();
    base64.reset();
    headLength = 0;
    insideLine = false;
    place = Place.HEADER;
    trace.reset();
    inTopHeader = true;
  }

  /** The message's next bytes. */
  public void feed(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    int position = offset;
    int end = offset + length;
    while (position < end) {
      if (headLength > 0) {
        position = moreOfHead(buffer, position, end);
      } else if (place == Place.CONTENT) {
        position = content(buffer, position, end);
      } else if (insideLine) {
        position = restOfLine(buffer, position, end);
      } else if (place == Place.BASE64) {
        int next = base64.lines(buffer, position, end);
        position = next > position ? next : beginLine(buffer, position, end);
      } else {
        position = beginLine(buffer, position, end);
      }
    }
  }

  /** The message ends; all its runs are with the sink on return. */
  public void finish() {
    if (headLength > 0) {
      line(head, 0, headLength, true);
    }
    base64.close();
    joiner.finish();
    reset();
  }

  private int content(byte[] buffer, int position, int end) {
    if (borders.isEmpty()) {
      joiner.literal(buffer, position, end - position);
      return end;
    }
    if (!insideLine && mayBeBorder(buffer, position, end)) {
      return beginLine(buffer, position, end);
    }
    int next = LineScan.border(buffer, position, end);
    joiner.literal(buffer, position, next - position);
    insideLine = buffer[next - 1] != '\n';
    return next;
  }

  private static boolean mayBeBorder(byte[] buffer, int position, int end) {
    return buffer[position] == '-' && (position + 1 == end || buffer[position + 1] == '-');
  }

  private int restOfLine(byte[] buffer, int position, int end) {
    int lineFeed = LineScan.lineFeed(buffer, position, end);
    insideLine = lineFeed < 0;
    int next = insideLine ? end : lineFeed + 1;
    joiner.literal(buffer, position, next - position);
    return next;
  }

  /** Looks at the head of the line at {@code position}, or keeps it until more of it comes. */
  private int beginLine(byte[] buffer, int position, int end) {
    int max = Math.min(end, position + HEAD);
    int lineFeed = LineScan.lineFeed(buffer, position, max);
    int next = lineFeed < 0 ? max : lineFeed + 1;
    if (lineFeed < 0 && next - position < HEAD) {
      System.arraycopy(buffer, position, head, 0, next - position);
      headLength = next - position;
    } else {
      line(buffer, position, next, false);
    }
    return next;
  }

  private int moreOfHead(byte[] buffer, int position, int end) {
    int max = Math.min(end, position + HEAD - headLength);
    int lineFeed = LineScan.lineFeed(buffer, position, max);
    int next = lineFeed < 0 ? max : lineFeed + 1;
    System.arraycopy(buffer, position, head, headLength, next - position);
    headLength += next - position;
    if (lineFeed >= 0 || headLength == HEAD) {
      int length = headLength;
      headLength = 0;
      line(head, 0, length, false);
    }
    return next;
  }

  /** Decides what the line with this head is. */
  private void line(byte[] buffer, int from, int to, boolean endOfMessage) {
    insideLine = buffer[to - 1] != '\n';
    boolean whole = endOfMessage || !insideLine;
    int end = Ascii.contentEnd(buffer, from, to);
    if (whole && borders.take(buffer, from, end)) {
      border(buffer, from, to);
      return;
    }
    switch (place) {
      case HEADER -> headerLine(buffer, from, to, endOfMessage);
      case CONTENT -> joiner.literal(buffer, from, to - from);
      case BASE64 -> {
        if (!base64.line(buffer, from, to)) {
          joiner.literal(buffer, from, to - from);
        }
      }
    }
  }

  private void border(byte[] buffer, int from, int to) {
    base64.close();
    joiner.contentEnds();
    joiner.literal(buffer, from, to - from);
    if (borders.lastMatchCloses()) {
      contentBegins(Place.CONTENT);
    } else {
      header.reset();
      place = Place.HEADER;
    }
  }

  private void headerLine(byte[] buffer, int from, int to, boolean endOfMessage) {
    int end = Ascii.contentEnd(buffer, from, to);
    HeaderReader.Line kind = header.line(buffer, from, end);
    if (kind == HeaderReader.Line.OTHER) {
      headerEnds();
      line(buffer, from, to, endOfMessage);
      return;
    }
    if (inTopHeader) {
      joiner.kind(trace.take(kind, buffer, from, end) ? RunKind.TRACE : RunKind.HEADER);
    }
    joiner.literal(buffer, from, to - from);
    if (kind == HeaderReader.Line.EMPTY) {
      headerEnds();
    }
  }

  private void headerEnds() {
    inTopHeader = false;
    byte[] boundary = header.boundary();
    if (boundary != null && borders.push(boundary)) {
      contentBegins(Place.CONTENT);
    } else if (boundary == null && header.isMessage()) {
      contentBegins(Place.HEADER);
      header.reset();
    } else {
      contentBegins(header.isBase64() && boundary == null ? Place.BASE64 : Place.CONTENT);
    }
  }

  private void contentBegins(Place next) {
    joiner.contentEnds();
    joiner.contentBegins();
    place = next;
  }
}
