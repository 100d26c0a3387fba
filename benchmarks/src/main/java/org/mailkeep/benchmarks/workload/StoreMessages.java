package org.mailkeep.benchmarks.workload;

import java.util.SplittableRandom;

/** What people and companies send: text, text with HTML, and in 18 % of all messages files. */
final class StoreMessages implements MessageSource {

  private static final double WITH_FILES = 0.18;
  private static final double SENT_BEFORE = 0.35;
  private static final double MEDIAN_FILE = 61_200;
  private static final double SPREAD = 1.3;
  private static final int LARGEST_FILE = 9 << 20;

  private final Headers headers;
  private final Prose plain;
  private final Prose markup;

  StoreMessages(Corpus corpus) {
    headers = new Headers(corpus);
    plain = new Prose(corpus.plain());
    markup = new Prose(corpus.markup());
  }

  @Override
  public void add(Bytes out, long number, long date) {
    SplittableRandom random = Seeds.stream("store message", number);
    headers.addReal(out, random, random.nextInt(1 << 20));
    if (Seeds.chance(random, 0.6)) {
      Headers.addSignature(out, random, "DKIM-Signature", date);
    }
    Headers.addOwn(out, random, date, plain.line(random, 2 + random.nextInt(7)));
    out.add("MIME-Version: 1.0\n");
    boolean files = hasFiles(number);
    String border = "----=_Part_" + Headers.token(random, 16);
    if (files) {
      out.add("Content-Type: multipart/mixed; boundary=\"" + border + "\"\n\n");
      out.add("This is a multi-part message in MIME format.\n--" + border + "\n");
    }
    addText(out, random);
    if (files) {
      addFiles(out, random, number, border);
    }
  }

  private void addText(Bytes out, SplittableRandom random) {
    int length = Seeds.logNormal(random, 1500, 1.1, 40, 200_000);
    if (!Seeds.chance(random, 0.35)) {
      out.add("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n");
      plain.add(out, random, length);
      return;
    }
    String border = "----=_Alternative_" + Headers.token(random, 16);
    out.add("Content-Type: multipart/alternative; boundary=\"" + border + "\"\n\n--" + border);
    out.add("\nContent-Type: text/plain; charset=iso-8859-1\n\n");
    plain.add(out, random, length);
    out.add("\n--" + border + "\nContent-Type: text/html; charset=iso-8859-1\n\n<html><body>\n");
    markup.add(out, random, 2 * length);
    out.add("</body></html>\n\n--" + border + "--\n");
  }

  private static void addFiles(Bytes out, SplittableRandom random, long number, String border) {
    int files = 1 + (random.nextInt(4) == 0 ? 1 : 0);
    // Most programs write 76 columns and what the system calls a line end; some bring CRLF along.
    String lineEnd = random.nextInt(12) == 0 ? "\r\n" : "\n";
    for (int i = 0; i < files; i++) {
      Attachment attachment = attachment(firstSent(number) * 2 + i);
      out.add("\n--" + border + "\nContent-Type: " + attachment.kind().type + ";\n name=\"");
      out.add(attachment.kind().fileName + "\"\nContent-Transfer-Encoding: base64\n");
      out.add("Content-Disposition: attachment;\n filename=\"" + attachment.kind().fileName);
      out.add("\"\n\n");
      attachment.addEncoded(out, 76, lineEnd);
    }
    out.add("\n--" + border + "--\n");
  }

  private static boolean hasFiles(long number) {
    return Seeds.chance(Seeds.stream("store has files", number), WITH_FILES);
  }

  /** The message that first carried this message's files: itself, or an earlier one. */
  private static long firstSent(long number) {
    SplittableRandom random = Seeds.stream("store sent before", number);
    if (!Seeds.chance(random, SENT_BEFORE)) {
      return number;
    }
    // Mostly what was sent lately; the nearest message before that which carries files.
    long earlier = number - 1 - (long) (number * Math.pow(random.nextDouble(), 2));
    while (earlier >= 0 && !hasFiles(earlier)) {
      earlier--;
    }
    return earlier < 0 ? number : firstSent(earlier);
  }

  private static Attachment attachment(long file) {
    SplittableRandom random = Seeds.stream("store file", file);
    int kind = random.nextInt(100);
    int size = Seeds.logNormal(random, MEDIAN_FILE, SPREAD, 600, LARGEST_FILE);
    Attachment.Kind made =
        kind < 26
            ? Attachment.Kind.PACKED
            : kind < 75 ? Attachment.Kind.OFFICE : Attachment.Kind.TABLE;
    return new Attachment(made, file, size);
  }
}
