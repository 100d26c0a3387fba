package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.header.HeaderFactsReader;

class HeaderFactsFuzzTest {

  static Stream<byte[]> messages() {
    return Stream.of(
            "Date: Fri, 20 Nov 2026 14:03:05 +0100 (CET)\nFrom: =?UTF-8?Q?J=C3=B6rg?= <j@x.example>\n\n",
            "Subject: =?ISO-8859-1?B?Wvxy?= =?KOI8-R?B?8NLJ18XU?=\r\n folded\r\n\r\nText",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
                + "Content-Disposition: attachment;\n filename*0*=UTF-8''%C3%9C;\n filename*1=x.pdf\n",
            "Content-Type: application/pdf; name=\"=?UTF-8?Q?a?=\"\n\n",
            "To: a@b.example,\n\tc@d.example\nCc: e@f.example\nDate: 1-Jan-99 1:2\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("messages")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_have_facts_in_clean_lines_whatever_the_pieces(byte[] bytes) {
    HeaderFactsReader reader = new HeaderFactsReader();
    reader.feed(bytes, 0, bytes.length);
    HeaderFacts whole = reader.finish();
    for (byte b : bytes) {
      reader.feed(new byte[] {b}, 0, 1);
    }
    check(reader.finish().equals(whole), "other facts in pieces");
    String text = whole.subject() + whole.from() + whole.to() + whole.messageId();
    check(text.chars().noneMatch(Character::isISOControl), "a control character");
    check(text.length() < 4 * (HeaderFacts.MAX_TEXT + 2), "too much text");
    check(whole.attachments().size() <= HeaderFacts.MAX_ATTACHMENTS, "too many attachments");
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError("The message has " + problem);
    }
  }
}
