package org.mailkeep.testkit.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Attachments, of which every other one was sent before. */
final class Attachments {

  private static final int REMEMBERED = 16;
  private static final int LARGEST_BITS = 17;

  private final SplittableRandom random;
  private final List<Attachment> sent = new ArrayList<>();

  Attachments(SplittableRandom random) {
    this.random = random;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Attachment(String type, String name, byte[] content) {}

  /** A MIME part: header, blank line, base64 lines. */
  String part() {
    Attachment attachment = !sent.isEmpty() && random.nextBoolean() ? again() : anew();
    String header =
        """
        Content-Type: %s; name="%s"
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename="%s"

        """
            .formatted(attachment.type, attachment.name, attachment.name);
    // Mail programs differ in their line length, so one file may come in two shapes.
    int lineLength = random.nextInt(8) == 0 ? 72 : 76;
    Base64.Encoder encoder = Base64.getMimeEncoder(lineLength, new byte[] {'\n'});
    return header + new String(encoder.encode(attachment.content), ISO_8859_1) + "\n";
  }

  private Attachment again() {
    return sent.get(random.nextInt(sent.size()));
  }

  private Attachment anew() {
    Attachment attachment = random.nextInt(3) == 0 ? table() : picture();
    if (sent.size() == REMEMBERED) {
      sent.removeFirst();
    }
    sent.add(attachment);
    return attachment;
  }

  private Attachment picture() {
    byte[] noise = new byte[200 + random.nextInt(1 << random.nextInt(9, LARGEST_BITS))];
    random.nextBytes(noise);
    return new Attachment("image/jpeg", "IMG_" + random.nextInt(1000, 9999) + ".JPG", noise);
  }

  private Attachment table() {
    StringBuilder rows = new StringBuilder("number,article,price\r\n");
    for (int left = 1 << random.nextInt(4, 11); left > 0; left--) {
      rows.append(left).append(',').append(Words.word(random)).append(',');
      rows.append(random.nextInt(10_000)).append("\r\n");
    }
    String name = Words.word(random) + "-" + random.nextInt(100) + ".csv";
    return new Attachment("text/csv", ascii(name), rows.toString().getBytes(UTF_8));
  }

  private static String ascii(String text) {
    return text.replaceAll("[^ -~]", "_");
  }
}
