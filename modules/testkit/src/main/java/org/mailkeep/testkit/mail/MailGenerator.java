package org.mailkeep.testkit.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Makes messages: short plain ones mostly, the others with attachments. The same seed gives the
 * same messages. For one thread.
 */
public final class MailGenerator {

  /** The time of the first message; each following one is some minutes later. */
  public static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

  private final SplittableRandom random;
  private final Attachments attachments;
  private Instant now = BEGIN;

  /** Messages of this seed. */
  public MailGenerator(long seed) {
    this.random = new SplittableRandom(seed);
    this.attachments = new Attachments(random.split());
  }

  /** The next message, addressed to {@code recipient} in its header. */
  public Message next(String recipient) {
    now = now.plusSeconds(random.nextInt(20, 600));
    String sender = Words.address(random);
    StringBuilder text = new StringBuilder();
    appendTrace(text);
    text.append("Date: ").append(Message.date(now));
    text.append("\nFrom: <").append(sender).append(">\nTo: <").append(recipient);
    text.append(">\nMessage-ID: <").append(Long.toHexString(random.nextLong()));
    text.append('@').append(Words.host(random)).append(">\nSubject: =?UTF-8?Q?");
    text.append(Words.word(random)).append('_').append(Words.word(random)).append("?=\n");
    text.append("User-Agent: Mozilla Thunderbird\nMIME-Version: 1.0\n");
    if (random.nextInt(3) == 0) {
      appendMultipart(text);
    } else {
      text.append("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n");
      text.append(Words.paragraphs(random));
    }
    return new Message(sender, now, text.toString().getBytes(UTF_8));
  }

  private void appendTrace(StringBuilder text) {
    for (int hops = random.nextInt(1, 4); hops > 0; hops--) {
      text.append(
          "Received: from %s (HELO %s) (%s)\n  by %s with ESMTPS id %x; %s\n"
              .formatted(
                  Words.host(random),
                  Words.host(random),
                  Words.ip(random),
                  Words.host(random),
                  random.nextInt(1 << 24),
                  Message.date(now)));
    }
  }

  private void appendMultipart(StringBuilder text) {
    String boundary = "------------" + Long.toHexString(random.nextLong());
    text.append("Content-Type: multipart/mixed;\n boundary=\"").append(boundary).append("\"\n\n");
    text.append("This is a multi-part message in MIME format.\n--").append(boundary);
    text.append("\nContent-Type: text/plain; charset=UTF-8\n\n").append(Words.paragraphs(random));
    for (int left = random.nextInt(1, 4); left > 0; left--) {
      text.append("\n--").append(boundary).append('\n').append(attachments.part());
    }
    text.append("\n--").append(boundary).append("--\n");
  }
}
