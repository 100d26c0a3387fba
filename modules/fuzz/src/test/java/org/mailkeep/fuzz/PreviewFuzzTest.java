package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.preview.MessagePreview;
import org.mailkeep.mail.preview.PreviewReader;

class PreviewFuzzTest {

  static Stream<byte[]> messages() {
    return Stream.of(
            "Subject: x\n\nplain",
            "Content-Type: text/html; charset=utf-8\n\n"
                + "<p>a<a href=http://b>c</a><script>d</script>",
            "Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b\n"
                + "Content-Type: text/plain\n"
                + "Content-Transfer-Encoding: base64\n\n"
                + "QUJD\n"
                + "--b\n"
                + "Content-Type: image/png; name=x\n\n"
                + "--b--",
            "Content-Type: message/rfc822\n\nSubject: y\n\ninner")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("messages")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_have_a_bounded_preview_of_harmless_text(byte[] bytes) throws IOException {
    MessagePreview preview = PreviewReader.read(new ByteArrayInputStream(bytes));
    String text = String.join("", preview.texts().stream().map(MessagePreview.Text::text).toList());
    boolean harmless =
        text.chars().noneMatch(c -> c != '\n' && c != '\t' && Character.isISOControl(c));
    if (!harmless || text.length() > PreviewReader.MAX_TEXT) {
      throw new AssertionError("The preview has a control character or too much text");
    }
  }
}
