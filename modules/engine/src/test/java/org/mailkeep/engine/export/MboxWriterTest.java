package org.mailkeep.engine.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailkeep.testkit.property.Property;

class MboxWriterTest {

  private static String mbox(String message, int piece) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MboxWriter writer = new MboxWriter(out);
    writer.begin(Instant.parse("2026-11-05T07:08:09Z"));
    byte[] bytes = message.getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; at += piece) {
      writer.bytes(bytes, at, Math.min(piece, bytes.length - at));
    }
    writer.end();
    return out.toString(ISO_8859_1);
  }

  @Test
  void the_from_line_has_the_sender_of_the_envelope_and_the_time_of_delivery() throws IOException {
    assertThat(mbox("Return-Path: <anna@example.org>\nSubject: x\n\nbody\n", 7))
        .isEqualTo(
            "From anna@example.org Thu Nov  5 07:08:09 2026\n"
                + "Return-Path: <anna@example.org>\nSubject: x\n\nbody\n\n");
    assertThat(mbox("Return-Path: <>\n\nbounce", 100))
        .isEqualTo("From MAILER-DAEMON Thu Nov  5 07:08:09 2026\nReturn-Path: <>\n\nbounce\n\n");
  }

  @Test
  void from_at_the_begin_of_a_line_gets_one_more_sign() throws IOException {
    String body = mbox("\nFrom me\n>From you\n>>From us\n From\nFrom\n>Fro\nFr>From x\n", 1);
    assertThat(body.lines().skip(1))
        .containsExactly(
            "", ">From me", ">>From you", ">>>From us", " From", "From", ">Fro", "Fr>From x", "");
  }

  @Test
  void every_message_comes_back_however_it_is_cut_into_pieces() {
    Property.check(
        500,
        draw -> {
          StringBuilder text = new StringBuilder();
          for (int left = draw.length(300); left > 0; left--) {
            text.append(draw.pick("\n", ">", "From ", "From", "F", "x", "\r\n", " "));
          }
          String message = text + "\n";
          String mbox = mbox(message, draw.between(1, 40));
          assertThat(mbox).startsWith("From ").endsWith("\n\n");
          String content = mbox.substring(mbox.indexOf('\n') + 1, mbox.length() - 1);
          assertThat(content.lines()).noneMatch(line -> line.startsWith("From "));
          assertThat(content.replaceAll("(?m)^>(>*From )", "$1")).isEqualTo(message);
        });
  }
}
