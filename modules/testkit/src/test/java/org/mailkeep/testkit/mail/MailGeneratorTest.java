package org.mailkeep.testkit.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MailGeneratorTest {

  private static List<String> texts(long seed, int count) {
    MailGenerator mail = new MailGenerator(seed);
    return Stream.generate(() -> new String(mail.next("a@b.example").bytes(), UTF_8))
        .limit(count)
        .toList();
  }

  @Test
  void the_same_seed_gives_the_same_messages() {
    assertThat(texts(1, 20)).isEqualTo(texts(1, 20)).doesNotHaveDuplicates();
    assertThat(texts(2, 20)).isNotEqualTo(texts(1, 20));
  }

  @Test
  void a_message_is_a_header_a_blank_line_and_a_body() {
    assertThat(texts(3, 50))
        .allMatch(
            text ->
                Pattern.compile("\\A([!-9;-~]+: .+\n([ \t].+\n)*)+\n.", Pattern.DOTALL)
                    .matcher(text)
                    .find())
        .noneMatch(text -> text.contains("\r"));
  }

  @Test
  void attachments_decode_and_come_again() {
    Set<Integer> contents = new HashSet<>();
    int attachments = 0;
    Pattern base64 = Pattern.compile("base64\nContent-Disposition: .*\n\n((?:[A-Za-z0-9+/=]+\n)+)");
    for (String text : texts(4, 60)) {
      for (String lines : base64.matcher(text).results().map(r -> r.group(1)).toList()) {
        contents.add(Arrays.hashCode(Base64.getMimeDecoder().decode(lines)));
        attachments++;
      }
    }
    assertThat(attachments).isGreaterThan(20);
    assertThat(contents.size()).isBetween(5, attachments * 3 / 4);
  }

  @Test
  void copies_differ_in_their_trace_lines_only() {
    Message message = new MailGenerator(5).next("team@b.example");
    String one = new String(message.deliveredTo("one@b.example", 17), UTF_8);
    String two = new String(message.deliveredTo("second@b.example", 18), UTF_8);
    assertThat(one).startsWith("Return-Path: <").contains("\nDelivered-To: one@b.example\n");
    assertThat(one).isNotEqualTo(two);
    assertThat(one.replace("one@", "second@").replace("qmail 17", "qmail 18")).isEqualTo(two);
  }
}
