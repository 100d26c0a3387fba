package org.mailkeep.mail.preview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mailkeep.mail.preview.MessagePreview.Attachment;
import org.mailkeep.mail.preview.MessagePreview.Text;
import org.mailkeep.testkit.property.Property;

class PreviewReaderTest {

  private static final String MIXED =
      """
      From: a@example.net
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=outer

      --outer
      Content-Type: multipart/alternative; boundary=inner

      --inner
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      Gr=C3=BC=C3=9Fe
      --inner
      Content-Type: text/html; charset=utf-8

      <p>Grüße</p><ul><li>one<li>two</ul>
      --inner--
      --outer
      Content-Type: application/pdf
      Content-Disposition: attachment; filename*=UTF-8''%C3%9Cbersicht.pdf
      Content-Transfer-Encoding: base64

      AAECAwQ=
      --outer
      Content-Type: text/plain
      Content-Disposition: attachment; filename=notes.txt

      notes
      --outer--
      """;

  private static MessagePreview preview(byte[] message) throws IOException {
    return PreviewReader.read(new ByteArrayInputStream(message));
  }

  private static MessagePreview preview(String message) throws IOException {
    return preview(message.getBytes(UTF_8));
  }

  @Test
  void texts_are_shown_and_everything_else_is_attached() throws IOException {
    MessagePreview preview = preview(MIXED);
    assertThat(preview.texts())
        .containsExactly(new Text(false, "Grüße"), new Text(true, "Grüße\n\n• one\n• two"));
    assertThat(preview.attachments())
        .containsExactly(
            new Attachment("Übersicht.pdf", "application/pdf", 5),
            new Attachment("notes.txt", "text/plain", 5));
    assertThat(preview.cut()).isFalse();
    assertThat(preview.hasPlainText()).isTrue();
  }

  @Test
  void a_message_without_mime_is_text() throws IOException {
    assertThat(preview("Subject: x\n\nHello\n").texts())
        .containsExactly(new Text(false, "Hello\n"));
  }

  @Test
  void a_message_in_a_message_is_shown_too() throws IOException {
    MessagePreview preview =
        preview("Content-Type: message/rfc822\n\nSubject: inner\n\nthe inner text\n");
    assertThat(preview.texts()).containsExactly(new Text(false, "the inner text\n"));
  }

  @Test
  void a_charset_that_is_none_is_guessed() throws IOException {
    String head = "Content-Type: text/plain; charset=x-nonsense\n\n";
    assertThat(preview((head + "café").getBytes(UTF_8)).texts().getFirst().text())
        .isEqualTo("café");
    assertThat(preview((head + "café").getBytes(ISO_8859_1)).texts().getFirst().text())
        .isEqualTo("café");
  }

  @Test
  void links_say_where_they_lead_and_scripts_are_not_text() throws IOException {
    String html =
        "Content-Type: text/html\n\n<script>a()</script><style>b{}</style><title>c</title>"
            + "<a href='https://evil.example/'>bank</a> <a href='javascript:x()'>d</a>";
    assertThat(preview(html).texts().getFirst().text()).isEqualTo("bank <https://evil.example/> d");
  }

  @Test
  void a_long_text_is_cut() throws IOException {
    MessagePreview preview = preview("Subject: x\n\n" + "word ".repeat(100_000));
    assertThat(preview.cut()).isTrue();
    assertThat(preview.texts().getFirst().text()).hasSize(PreviewReader.MAX_TEXT);
  }

  @Test
  void many_parts_are_cut() throws IOException {
    MessagePreview preview =
        preview(
            "Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: image/png\n\nx\n".repeat(5000));
    assertThat(preview.cut()).isTrue();
    assertThat(preview.attachments()).hasSize(PreviewReader.MAX_PARTS);
  }

  @Test
  void any_bytes_have_a_preview_without_control_characters() {
    byte[] message = MIXED.getBytes(UTF_8);
    Property.check(
        400,
        draw -> {
          byte[] bytes = Arrays.copyOf(message, draw.between(0, message.length));
          for (int i = draw.between(0, 8); i > 0 && bytes.length > 0; i--) {
            bytes[draw.between(0, bytes.length - 1)] = (byte) draw.between(0, 255);
          }
          for (Text text : preview(bytes).texts()) {
            assertThat(text.text().chars().filter(c -> c != '\n' && c != '\t'))
                .noneMatch(Character::isISOControl);
          }
        });
  }
}
