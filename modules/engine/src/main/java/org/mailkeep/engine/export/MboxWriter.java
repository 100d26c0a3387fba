package org.mailkeep.engine.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes messages as mboxrd: a line {@code From SENDER DATE} before each, an empty line after it,
 * and a {@code >} before every line of it that is {@code From } behind any number of such. Taking
 * one away from each such line brings every message back byte for byte, but for a line end that the
 * last line may have lacked.
 */
final class MboxWriter {

  /** Where a Return-Path is looked for: delivery puts it first. */
  private static final int HEADER = 16 << 10;

  private static final Pattern RETURN_PATH =
      Pattern.compile("(?im)^Return-Path:[ \\t]*<([^>\\s]*)>");
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

  /** Where in a line the writer stands. */
  private static final int ELSEWHERE = -1;

  private final OutputStream out;
  private final ByteArrayOutputStream begin = new ByteArrayOutputStream();
  private Instant time = Instant.EPOCH;
  private boolean begun;
  private int quotes;
  private int matched;
  private int last = '\n';

  MboxWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a message.
   *
   * @param delivered when it came
   */
  void begin(Instant delivered) {
    time = delivered;
    begun = false;
    begin.reset();
    quotes = 0;
    matched = 0;
    last = '\n';
  }

  /** The next bytes of the message. */
  void bytes(byte[] bytes, int offset, int length) throws IOException {
    if (begun) {
      quoted(bytes, offset, length);
      return;
    }
    begin.write(bytes, offset, length);
    if (begin.size() >= HEADER) {
      writeBegin();
    }
  }

  private void writeBegin() throws IOException {
    byte[] first = begin.toByteArray();
    begin.reset();
    begun = true;
    out.write(("From " + sender(first) + " " + date(time) + "\n").getBytes(ISO_8859_1));
    quoted(first, 0, first.length);
  }

  private static String sender(byte[] message) {
    String text = new String(message, 0, Math.min(message.length, HEADER), ISO_8859_1);
    int end = text.indexOf("\n\n");
    Matcher matcher = RETURN_PATH.matcher(end < 0 ? text : text.substring(0, end));
    return matcher.find() && !matcher.group(1).isEmpty() ? matcher.group(1) : "MAILER-DAEMON";
  }

  /** As asctime(3) writes it, in UTC. */
  private static String date(Instant instant) {
    ZonedDateTime at = instant.atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%s %s %2d %02d:%02d:%02d %04d",
        at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
        at.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
        at.getDayOfMonth(),
        at.getHour(),
        at.getMinute(),
        at.getSecond(),
        at.getYear());
  }

  /** Holds back what may turn out to be a From line: {@link #quotes} signs and some letters. */
  private void quoted(byte[] bytes, int offset, int length) throws IOException {
    int written = offset;
    for (int i = offset; i < offset + length; i++) {
      byte b = bytes[i];
      if (matched == ELSEWHERE) {
        matched = b == '\n' ? 0 : ELSEWHERE;
        continue;
      }
      if (matched == 0 && quotes == 0) {
        out.write(bytes, written, i - written);
        written = i;
      }
      if (b == '>' && matched == 0) {
        quotes++;
        written = i + 1;
      } else if (b == FROM[matched]) {
        written = i + 1;
        if (++matched == FROM.length) {
          out.write('>');
          release();
          matched = ELSEWHERE;
        }
      } else {
        release();
        written = i;
        matched = b == '\n' ? 0 : ELSEWHERE;
      }
    }
    out.write(bytes, written, offset + length - written);
    last = length > 0 ? bytes[offset + length - 1] : last;
  }

  private void release() throws IOException {
    for (; quotes > 0; quotes--) {
      out.write('>');
    }
    out.write(FROM, 0, Math.max(0, matched));
    matched = 0;
  }

  /** Ends the message. */
  void end() throws IOException {
    if (!begun) {
      writeBegin();
    }
    if (matched != ELSEWHERE) {
      release();
    }
    if (last != '\n') {
      out.write('\n');
    }
    out.write('\n');
  }
}
