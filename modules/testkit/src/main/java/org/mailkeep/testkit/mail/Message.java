package org.mailkeep.testkit.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One message as it reached the server, before its delivery to mailboxes.
 *
 * @param sender the envelope sender
 * @param time when it came
 * @param bytes header and body, lines ended by line feeds; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record Message(String sender, Instant time, byte[] bytes) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A moment as headers have it. */
  static String date(Instant time) {
    return DATE.format(time);
  }

  /**
   * The file that a mailbox gets: its own trace lines, then the message.
   *
   * @param process the process id of the delivery, which the trace tells
   */
  public byte[] deliveredTo(String mailbox, int process) {
    String trace =
        "Return-Path: <%s>\nDelivered-To: %s\nReceived: (qmail %d invoked by uid 89); %s\n"
            .formatted(sender, mailbox, process, date(time));
    ByteArrayOutputStream file = new ByteArrayOutputStream(trace.length() + bytes.length);
    file.writeBytes(trace.getBytes(UTF_8));
    file.writeBytes(bytes);
    return file.toByteArray();
  }
}
