package org.mailkeep.service.notify;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.mailkeep.unix.ProcessTree;
import org.mailkeep.unix.ShellCommand;

/** E-mail by the host's own sendmail, which reads the recipients from the message. RFC 5322. */
public final class MailChannel implements Channel {

  private static final long LONGEST_SECONDS = 60;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private final List<String> to;
  private final String from;
  private final String sendmail;
  private final String host;
  private final InstantSource clock;

  /**
   * @param sendmail the command, for /bin/sh
   * @param host that the message is from
   */
  public MailChannel(
      List<String> to, String from, String sendmail, String host, InstantSource clock) {
    this.to = List.copyOf(to);
    this.from = from;
    this.sendmail = sendmail;
    this.host = host;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public Optional<String> send(Message message) {
    try {
      Process process =
          ShellCommand.of(sendmail)
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      Thread writer =
          Thread.ofPlatform().daemon().name("sendmail").start(() -> write(process, message));
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        ProcessTree.kill(process.toHandle());
        return Optional.of("sendmail took longer than " + LONGEST_SECONDS + " seconds");
      }
      writer.join();
      int status = process.exitValue();
      return status == 0 ? Optional.empty() : Optional.of("sendmail ended with status " + status);
    } catch (IOException e) {
      return Optional.of("sendmail could not be started");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while sendmail ran");
    }
  }

  private void write(Process process, Message message) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(text(message).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not read; its exit status tells more.
    }
  }

  private String text(Message message) {
    StringBuilder text = new StringBuilder();
    header(text, "From", "Mailkeep <" + from + ">");
    header(text, "To", String.join(", ", to));
    header(text, "Subject", encoded(message.subject()));
    header(text, "Date", DATE.format(clock.instant().atZone(ZoneId.systemDefault())));
    header(text, "Message-ID", "<" + UUID.randomUUID() + "@" + safe(host) + ">");
    header(text, "Auto-Submitted", "auto-generated");
    header(text, "MIME-Version", "1.0");
    header(text, "Content-Type", "text/plain; charset=utf-8");
    header(text, "Content-Transfer-Encoding", "base64");
    text.append('\n');
    text.append(
        Base64.getMimeEncoder(76, new byte[] {'\n'})
            .encodeToString(
                (String.join("\n", message.lines()) + "\n").getBytes(StandardCharsets.UTF_8)));
    return text.append('\n').toString();
  }

  private static void header(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value.replaceAll("[\\r\\n]", " ")).append('\n');
  }

  private static String safe(String host) {
    return host.replaceAll("[^A-Za-z0-9.-]", "-");
  }

  /** A subject with other letters than ASCII as one encoded word a part; RFC 2047. */
  private static String encoded(String subject) {
    if (subject.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return subject;
    }
    StringBuilder words = new StringBuilder();
    StringBuilder part = new StringBuilder();
    for (int point : subject.codePoints().toArray()) {
      part.appendCodePoint(point);
      if (part.toString().getBytes(StandardCharsets.UTF_8).length >= 42) {
        words.append(word(part)).append(' ');
        part.setLength(0);
      }
    }
    return words.append(word(part)).toString().strip();
  }

  private static String word(CharSequence part) {
    return part.isEmpty()
        ? ""
        : "=?utf-8?B?"
            + Base64.getEncoder().encodeToString(part.toString().getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
