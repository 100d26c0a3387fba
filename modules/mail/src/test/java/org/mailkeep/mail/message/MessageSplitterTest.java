package org.mailkeep.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailkeep.mail.message.RunKind.BINARY;
import static org.mailkeep.mail.message.RunKind.HEADER;
import static org.mailkeep.mail.message.RunKind.TEXT;
import static org.mailkeep.mail.message.RunKind.TRACE;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.LineEnd;

class MessageSplitterTest {

  private static final String HEAD = "From: a@example.org\nSubject: x\n";
  private static final String TEXT_2K = "A line of text.\n".repeat(128);
  private static final String TEXT_16K = "Another line of text, in a part.\n".repeat(500);

  private static String base64(int bytes, int lineLength, String lineEnd) {
    byte[] content = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(content);
    return new String(
            Base64.getMimeEncoder(lineLength, lineEnd.getBytes(StandardCharsets.US_ASCII))
                .encode(content),
            StandardCharsets.US_ASCII)
        + lineEnd;
  }

  private static List<RunKind> kinds(String message) {
    CollectedRuns runs = CollectedRuns.of(message);
    assertThat(runs.rebuilt()).isEqualTo(message.getBytes(StandardCharsets.ISO_8859_1));
    return runs.kinds();
  }

  @Test
  void copies_of_one_message_share_all_but_the_trace() {
    String message = HEAD + "\n" + TEXT_2K;
    CollectedRuns a =
        CollectedRuns.of("Return-Path: <x@y>\nDelivered-To: a@example.com\n" + message);
    CollectedRuns b =
        CollectedRuns.of(
            "Return-Path: <>\nDelivered-To: someone.else@example.com\n"
                + "Received: (qmail 1 invoked by uid 89);\n 1 Jan 2026 00:00:00 -0000\n"
                + message);
    assertThat(a.kinds()).containsExactly(TRACE, HEADER, TEXT);
    assertThat(a.runs().subList(1, 3)).isEqualTo(b.runs().subList(1, 3));
  }

  @Test
  void the_trace_ends_at_the_first_field_that_delivery_did_not_add() {
    CollectedRuns runs =
        CollectedRuns.of(
            "From x Mon Jan  1 00:00:00 2001\nX-Original-To: a\nSubject: x\nReceived: late\n\n"
                + TEXT_2K);
    assertThat(runs.runs().getFirst().text())
        .isEqualTo("From x Mon Jan  1 00:00:00 2001\nX-Original-To: a\n");
  }

  @Test
  void the_trace_has_at_most_four_received_lines() {
    CollectedRuns runs = CollectedRuns.of("Received: x\n by y\n".repeat(6) + HEAD + "\n" + TEXT_2K);
    assertThat(runs.runs().getFirst().text()).isEqualTo("Received: x\n by y\n".repeat(4));
    assertThat(runs.kinds()).containsExactly(TRACE, HEADER, TEXT);
  }

  @Test
  void a_trace_that_is_too_long_goes_on_as_header() {
    CollectedRuns runs = CollectedRuns.of("Delivered-To: a\n".repeat(10_000) + "\n" + TEXT_2K);
    assertThat(runs.kinds()).containsExactly(TRACE, HEADER, TEXT);
    assertThat(runs.runs().getFirst().text()).hasSize(16 * 1024);
  }

  @Test
  void a_short_text_stays_with_its_header() {
    assertThat(kinds(HEAD + "\nHello.\n")).containsExactly(HEADER);
    assertThat(kinds(HEAD + "\n" + TEXT_2K)).containsExactly(HEADER, TEXT);
  }

  @Test
  void base64_of_a_single_part_is_decoded() {
    String body = base64(5000, 76, "\n");
    CollectedRuns runs = CollectedRuns.of(HEAD + "Content-Transfer-Encoding: Base64\n\n" + body);
    assertThat(runs.kinds()).containsExactly(HEADER, BINARY);
    assertThat(runs.runs().get(1).text()).hasSize(5000);
    assertThat(runs.runs().get(1).layout()).isEqualTo(new Base64Layout(76, LineEnd.LF, true));
  }

  @Test
  void the_same_attachment_is_the_same_run_whatever_its_lines() {
    String head = HEAD + "Content-Transfer-Encoding: base64\n\n";
    CollectedRuns a = CollectedRuns.of(head + base64(90_000, 76, "\n"));
    CollectedRuns b = CollectedRuns.of(head + base64(90_000, 60, "\r\n").stripTrailing());
    assertThat(a.runs().get(1).text()).isEqualTo(b.runs().get(1).text());
    assertThat(b.runs().get(1).layout()).isEqualTo(new Base64Layout(60, LineEnd.CRLF, false));
  }

  @Test
  void base64_is_decoded_up_to_the_first_fault_and_again_behind_it() {
    String good = base64(5700, 76, "\n");
    String head = HEAD + "Content-Transfer-Encoding: base64\n\n";
    assertThat(kinds(head + good + "A fault.\n" + good))
        .containsExactly(HEADER, BINARY, TEXT, BINARY);
    assertThat(kinds(head + good + "QR==\n")).containsExactly(HEADER, BINARY, TEXT);
    assertThat(kinds(head + good + "QQ==\n")).containsExactly(HEADER, BINARY);
    assertThat(kinds(head + good.replace("\n", " \n"))).containsExactly(HEADER, TEXT);
  }

  @Test
  void little_base64_stays_text() {
    assertThat(kinds(HEAD + "Content-Transfer-Encoding: base64\n\n" + base64(100, 76, "\n")))
        .containsExactly(HEADER);
  }

  @Test
  void nested_multiparts_and_enclosed_messages_are_looked_into() {
    String message =
        HEAD
            + "Content-Type: multipart/mixed;\n\tboundary=\"outer\"\n\n--outer\n"
            + "Content-Type: multipart/related; boundary=in\n\n--in\n"
            + "Content-Transfer-Encoding: base64\n\n"
            + base64(3000, 76, "\n")
            + "--outer\nContent-Type: message/rfc822\n\n"
            + HEAD
            + "Content-Type: multipart/mixed; boundary=deep\n\n--deep\n"
            + "Content-Transfer-Encoding: base64\n\n"
            + base64(4000, 72, "\n")
            + "--deep--\n--outer--\n";
    assertThat(kinds(message)).containsExactly(HEADER, BINARY, TEXT, BINARY, TEXT);
    assertThat(kinds(message.replace("\n", "\r\n")))
        .containsExactly(HEADER, BINARY, TEXT, BINARY, TEXT);
  }

  @Test
  void a_long_text_part_is_a_run_of_its_own() {
    String part = "--b\nContent-Type: text/html\n\n";
    String head = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n";
    CollectedRuns runs =
        CollectedRuns.of(head + part + TEXT_2K + part + TEXT_16K + part + TEXT_2K + "--b--\n");
    assertThat(runs.runs()).extracting(CollectedRuns.Run::text).contains(TEXT_16K);
    assertThat(runs.kinds()).containsExactly(HEADER, TEXT, TEXT, TEXT);
  }

  @Test
  void what_is_no_mail_is_one_text() {
    assertThat(kinds("\0\1\2 no header at all\n\n" + TEXT_2K)).containsExactly(TEXT);
    assertThat(kinds("\n")).containsExactly(HEADER);
    assertThat(kinds("")).isEmpty();
  }

  @Test
  void a_border_longer_than_the_standard_allows_is_ignored() {
    String part = "Content-Transfer-Encoding: base64\n\n" + base64(3000, 76, "\n");
    for (int length : List.of(70, 71)) {
      String border = "x".repeat(length);
      String message =
          HEAD
              + "Content-Type: multipart/mixed; boundary="
              + border
              + "\n\n--"
              + border
              + "\n"
              + part;
      assertThat(kinds(message).contains(BINARY)).isEqualTo(length == 70);
    }
  }

  @Test
  void a_splitter_takes_one_message_after_another_and_forgets_an_abandoned_one() {
    CollectedRuns runs = new CollectedRuns();
    MessageSplitter splitter = new MessageSplitter(runs);
    byte[] message = (HEAD + "\n").getBytes(StandardCharsets.US_ASCII);
    splitter.feed(message, 0, 5);
    splitter.reset();
    for (int i = 0; i < 2; i++) {
      splitter.feed(message, 0, message.length);
      splitter.finish();
    }
    assertThat(runs.runs()).hasSize(2).allMatch(run -> run.text().equals(HEAD + "\n"));
  }
}
