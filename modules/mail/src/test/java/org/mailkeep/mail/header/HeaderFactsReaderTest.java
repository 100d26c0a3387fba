package org.mailkeep.mail.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class HeaderFactsReaderTest {

  private static HeaderFacts facts(String message) {
    return facts(message.getBytes(UTF_8));
  }

  private static HeaderFacts facts(byte[] message) {
    HeaderFactsReader reader = new HeaderFactsReader();
    reader.feed(message, 0, message.length);
    return reader.finish();
  }

  @Test
  void the_fields_of_a_plain_message_are_read() {
    HeaderFacts facts =
        facts(
            """
            Return-Path: <bert@example.org>
            Received: from mx by mail; Tue, 1 Jan 2019 00:00:00 +0000
            DATE : Fri, 20 Nov 2026 14:03:05 +0100 (CET)
            From: Bert <bert@example.org>
            To: Anna <anna@example.com>,
            	Carl <carl@example.com>
            Cc: dora@example.net
            Subject: The invoice
              of November
            Message-ID: <42.abc@example.org>

            Subject: not this one
            """);
    assertThat(facts.date()).contains(Instant.parse("2026-11-20T13:03:05Z"));
    assertThat(facts.from()).isEqualTo("Bert <bert@example.org>");
    assertThat(facts.to())
        .isEqualTo("Anna <anna@example.com>, Carl <carl@example.com>, dora@example.net");
    assertThat(facts.subject()).isEqualTo("The invoice of November");
    assertThat(facts.messageId()).isEqualTo("42.abc@example.org");
    assertThat(facts.attachments()).isEmpty();
  }

  @Test
  void of_a_field_that_comes_twice_the_first_counts() {
    assertThat(facts("Subject: one\nSubject: two\n\n").subject()).isEqualTo("one");
  }

  @Test
  void carriage_returns_are_no_part_of_any_field() {
    assertThat(facts("Subject: one\r\n two\r\nFrom: a@b.example\r\n\r\nText\r\n").subject())
        .isEqualTo("one two");
  }

  @Test
  void a_message_without_a_header_says_nothing() {
    HeaderFacts nothing = facts("\nSubject: in the text\n");
    assertThat(nothing).isEqualTo(facts(""));
    assertThat(nothing.subject()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= aus =?ISO-8859-1?B?Wvxy?= | Grüße aus Zür",
        "=?UTF-8?B?R3LDvA==?= =?UTF-8?B?w59l?= | Grüße",
        "=?UTF-8?Q?Gr=C3?= =?UTF-8?Q?=BC?= | Grü",
        "=?utf-8?q?a_b?= | a b",
        "=?KOI8-R?B?8NLJ18XU?= | Привет",
        "=?GB2312?B?xOO6ww==?= | 你好",
        "=?no-such-charset?Q?x?= | x",
        "=?UTF-8?X?x?= | =?UTF-8?X?x?=",
        "=?UTF-8?Q?open | =?UTF-8?Q?open",
        "Grüße | Grüße"
      })
  void encoded_words_are_decoded_and_what_is_none_stays(String field, String text) {
    assertThat(facts("Subject: " + field + "\n\n").subject()).isEqualTo(text);
  }

  @Test
  void bytes_that_are_not_utf_8_are_taken_for_latin() {
    assertThat(facts("Subject: Gr\u00fc\u00dfe\n\n".getBytes(ISO_8859_1)).subject())
        .isEqualTo("Grüße");
  }

  @Test
  void control_characters_never_come_through() {
    assertThat(facts("Subject: a\u001b[2Jb\u0000c=?UTF-8?Q?=0Ad?=\n\n").subject())
        .doesNotContain("\u001b", "\u0000", "\n");
  }

  @Test
  void attachments_are_found_in_parts_whatever_way_they_are_named() {
    HeaderFacts facts =
        facts(
            """
            Subject: Files
            Content-Type: multipart/mixed;
             boundary=next

            --next
            Content-Type: text/plain; charset=utf-8

            The name=nothing.txt is not one.
            --next
            Content-Type: application/pdf; name="Vertrag 2026.pdf"
            Content-Disposition: attachment; filename="Vertrag 2026.pdf"

            --next
            content-disposition: attachment;
             filename*0*=UTF-8''%C3%9Cbersicht%20;
             filename*1*=Zahlen.xlsx

            --next
            Content-Disposition: attachment; filename="=?UTF-8?Q?Gr=C3=BC=C3=9Fe.txt?="

            --next
            Content-Disposition: attachment; filename=café.jpg

            --next--
            """);
    assertThat(facts.attachments())
        .containsExactly("Vertrag 2026.pdf", "Übersicht Zahlen.xlsx", "Grüße.txt", "café.jpg");
  }

  @Test
  void a_message_that_is_nothing_but_a_file_has_an_attachment() {
    assertThat(facts("Content-Type: application/pdf; name=fax.pdf\n\nJVBERi0=\n").attachments())
        .containsExactly("fax.pdf");
  }

  @Test
  void fields_that_are_told_in_a_plain_text_are_no_attachments() {
    assertThat(facts("Subject: x\n\nContent-Type: a/b; name=no.pdf\n").attachments()).isEmpty();
  }

  @Test
  void what_is_kept_of_a_message_is_bounded() {
    StringBuilder message = new StringBuilder("Subject: " + "long ".repeat(100_000) + "\nTo: ");
    message.append("someone@example.com,\n ".repeat(10_000));
    message.append("x@example.com\nContent-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 1000; i++) {
      message.append("--b\nContent-Type: x/y; name=").append("n".repeat(900)).append(i);
      message.append("\n\n");
    }
    HeaderFacts facts = facts(message.toString());
    assertThat(facts.subject().length()).isLessThan(510);
    assertThat(facts.to().length()).isLessThanOrEqualTo(HeaderFacts.MAX_TEXT + 2);
    assertThat(facts.attachments()).hasSizeLessThanOrEqualTo(HeaderFacts.MAX_ATTACHMENTS);
    assertThat(facts.attachments()).allMatch(name -> name.length() < 260);
  }

  @Test
  void the_facts_do_not_depend_on_the_pieces() {
    Property.check(
        3000,
        draw -> {
          byte[] message = message(draw).getBytes(draw.flip() ? UTF_8 : ISO_8859_1);
          HeaderFactsReader reader = new HeaderFactsReader();
          for (int at = 0; at < message.length; ) {
            int length = Math.min(message.length - at, 1 + draw.length(200));
            reader.feed(message, at, length);
            at += length;
          }
          assertThat(reader.finish()).isEqualTo(facts(message));
        });
  }

  @Test
  void any_bytes_have_facts_that_are_clean_lines() {
    Property.check(
        3000,
        draw -> {
          HeaderFacts facts = facts(draw.flip() ? draw.bytes() : message(draw).getBytes(UTF_8));
          assertThat(facts.subject() + facts.from() + facts.to() + facts.messageId())
              .matches(text -> text.chars().noneMatch(Character::isISOControl));
        });
  }

  private static String message(Draw draw) {
    return String.join(
        "",
        draw.list(
            d ->
                d.pick(
                    "Subject: a =?UTF-8?Q?=C3=BC?=\n",
                    " folded\r\n",
                    "From: x <x@y.example>\n",
                    "Date: 1 Jan 2020 1:2:3 +0000\n",
                    "Content-Type: multipart/mixed; boundary=b\n",
                    "Content-Disposition: attachment; filename=\"f" + d.length(9) + "\"\n",
                    " filename*=utf-8''%C3%B" + d.length(9) + "\n",
                    "\n",
                    "\r\n",
                    "--b\n",
                    "word ".repeat(d.length(300)),
                    "=?",
                    "\u00e9:")));
  }
}
