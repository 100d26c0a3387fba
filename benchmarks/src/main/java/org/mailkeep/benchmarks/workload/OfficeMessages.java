package org.mailkeep.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A company that came from another mail server: CRLF everywhere, quoted-printable and 8-bit text,
 * large office files passed on again and again, invitations, forwarded messages inside messages,
 * base64 in lines of other lengths, replies that carry the whole thread below.
 */
final class OfficeMessages implements MessageSource {

  private static final String END = "\r\n";
  private static final int FILES = 400;

  private final Prose plain;
  private final Prose markup;

  OfficeMessages(Corpus corpus) {
    plain = new Prose(corpus.plain());
    markup = new Prose(corpus.markup());
  }

  @Override
  public String lineEnd() {
    return END;
  }

  @Override
  public void add(Bytes out, long number, long date) {
    Bytes message = new Bytes(16_384);
    SplittableRandom random = Seeds.stream("office message", number);
    addMessage(message, random, date, 0);
    addWithLineEnds(out, message);
  }

  private void addMessage(Bytes out, SplittableRandom random, long date, int depth) {
    out.add(
        "Received: from EX0" + random.nextInt(4) + ".corp.example ([10.0.0." + random.nextInt(99));
    out.add("]) by EX0" + random.nextInt(4) + ".corp.example with mapi id 15.20.");
    out.add(random.nextInt(9999) + "." + random.nextInt(99) + ";\n " + Headers.date(date) + "\n");
    Headers.addOwn(out, random, date, "RE: " + plain.line(random, 3 + random.nextInt(5)));
    out.add("Thread-Index: " + Headers.token(random, 40) + "==\nX-MS-Has-Attach: yes\n");
    out.add("X-MS-Exchange-Organization-SCL: -1\nMIME-Version: 1.0\n");
    String border = "_00" + random.nextInt(9) + "_" + Headers.token(random, 32) + "corpexample_";
    out.add("Content-Type: multipart/mixed;\n\tboundary=\"" + border + "\"\n\n--" + border + "\n");
    switch (random.nextInt(4)) {
      case 0 -> addInvitation(out, random, date);
      case 1 -> addEightBit(out, random);
      default -> addQuotedPrintable(out, random);
    }
    if (Seeds.chance(random, 0.30)) {
      addFile(out, random, border);
    }
    if (depth < 3 && Seeds.chance(random, 0.10)) {
      out.add("\n--" + border + "\nContent-Type: message/rfc822\n\n");
      addMessage(out, random, date - 86_400, depth + 1);
    }
    out.add("\n--" + border + "--\n");
  }

  private void addQuotedPrintable(Bytes out, SplittableRandom random) {
    out.add("Content-Type: text/html; charset=\"utf-8\"\n");
    out.add("Content-Transfer-Encoding: quoted-printable\n\n");
    Bytes text = new Bytes(8000);
    markup.add(text, random, Seeds.logNormal(random, 6000, 1.0, 300, 300_000));
    int column = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = text.at(i) & 0xff;
      boolean plainByte = value == '\n' || (value >= ' ' && value < 127 && value != '=');
      if (column >= 70 && value != '\n') {
        out.add("=\n");
        column = 0;
      }
      if (plainByte) {
        out.add((byte) value);
      } else {
        out.add("=" + Integer.toHexString(0x100 + value).substring(1).toUpperCase(Locale.ROOT));
      }
      column = value == '\n' ? 0 : column + (plainByte ? 1 : 3);
    }
  }

  private void addEightBit(Bytes out, SplittableRandom random) {
    out.add("Content-Type: text/plain; charset=\"windows-1252\"\n");
    out.add("Content-Transfer-Encoding: 8bit\n\nGr\u00fc\u00dfe, sch\u00f6nen Tag\n");
    plain.add(out, random, Seeds.logNormal(random, 2500, 1.0, 100, 100_000));
  }

  private void addInvitation(Bytes out, SplittableRandom random, long date) {
    out.add("Content-Type: text/calendar; charset=\"utf-8\"; method=REQUEST\n");
    out.add("Content-Transfer-Encoding: base64\n\n");
    String event =
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\n"
            + "TZID:W. Europe Standard Time\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:"
            + Headers.token(random, 56)
            + "\r\nSUMMARY:"
            + plain.line(random, 5)
            + "\r\nDTSTAMP:"
            + date
            + "\r\nSEQUENCE:"
            + random.nextInt(4)
            + "\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    byte[] end = {'\n'};
    out.add(Base64.getMimeEncoder(76, end).encode(event.getBytes(StandardCharsets.ISO_8859_1)));
    out.add("\n");
  }

  /** One of a few hundred files that everybody sends to everybody, in the sender's line length. */
  private static void addFile(Bytes out, SplittableRandom random, String border) {
    int file = (int) (FILES * Math.pow(random.nextDouble(), 1.5));
    SplittableRandom its = Seeds.stream("office file", file);
    Attachment.Kind kind = its.nextInt(3) == 0 ? Attachment.Kind.OFFICE : Attachment.Kind.PACKED;
    int size = Seeds.logNormal(its, 500_000, 1.1, 20_000, 15 << 20);
    out.add(
        "\n--" + border + "\nContent-Type: " + kind.type + "; name=\"" + kind.fileName + "\"\n");
    out.add("Content-Description: " + kind.fileName + "\nContent-Disposition: attachment; size=");
    out.add(size + "\nContent-Transfer-Encoding: base64\n\n");
    int[] columns = {76, 76, 76, 72, 60, 64};
    new Attachment(kind, 1_000_000_000L + file, size)
        .addEncoded(out, columns[random.nextInt(columns.length)], "\n");
  }

  /** Every line feed becomes a carriage return and a line feed. */
  private static void addWithLineEnds(Bytes out, Bytes message) {
    for (int i = 0; i < message.length(); i++) {
      byte value = message.at(i);
      if (value == '\n' && (i == 0 || message.at(i - 1) != '\r')) {
        out.add((byte) '\r');
      }
      out.add(value);
    }
  }
}
