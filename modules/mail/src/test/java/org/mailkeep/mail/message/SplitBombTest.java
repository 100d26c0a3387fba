package org.mailkeep.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.content.Base64Layout;

/** Input made to hurt: what is kept stays small, and time goes with the length. */
class SplitBombTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String HEAD = "Content-Type: multipart/mixed; boundary=b\n\n";

  /** Counts runs and bytes, keeps nothing. */
  private static final class Counter implements RunSink {
    private long runs;
    private long bytes;

    @Override
    public void begin(RunKind kind) {
      runs++;
    }

    @Override
    public void bytes(byte[] buffer, int offset, int length) {
      bytes += length;
    }

    @Override
    public void end() {}

    @Override
    public void endBase64(Base64Layout layout) {}
  }

  private static Counter split(int pieces, IntFunction<String> piece) {
    return assertTimeout(
        LONG,
        () -> {
          Counter counter = new Counter();
          MessageSplitter splitter = new MessageSplitter(counter);
          for (int i = 0; i < pieces; i++) {
            byte[] bytes = piece.apply(i).getBytes(StandardCharsets.ISO_8859_1);
            splitter.feed(bytes, 0, bytes.length);
          }
          splitter.finish();
          return counter;
        });
  }

  @Test
  void a_hundred_thousand_parts_are_few_runs() {
    Counter counter = split(100_001, i -> i == 0 ? HEAD : "--b\nContent-Type: text/plain\n\nx\n");
    assertThat(counter.runs).isLessThan(5);
  }

  @Test
  void ten_thousand_multiparts_in_one_another_are_text() {
    Counter counter =
        split(10_000, i -> "Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n");
    assertThat(counter.runs).isLessThan(5);
  }

  @Test
  void ten_thousand_messages_in_one_another_are_text() {
    assertThat(split(10_000, i -> "Content-Type: message/rfc822\n\n").runs).isLessThan(5);
  }

  @Test
  void a_line_of_fifty_megabytes_goes_through() {
    String piece = "A".repeat(500_000);
    for (String head :
        new String[] {
          "",
          "Subject: ",
          "Content-Type: ",
          HEAD + "--b\n\n--",
          "Content-Transfer-Encoding: base64\n\n",
          "Content-Type: x;\n\t"
        }) {
      Counter counter = split(101, i -> i == 0 ? head : piece);
      assertThat(counter.bytes).isEqualTo(head.length() + 50_000_000L);
    }
  }

  @Test
  void base64_that_starts_and_stops_makes_no_tiny_runs() {
    String line = "A".repeat(76) + "\n";
    Counter counter =
        split(
            100_000,
            i -> i == 0 ? "Content-Transfer-Encoding: base64\n\n" : line.repeat(i % 9) + "AA==\n");
    assertThat(counter.runs).isLessThan(100_000 / 9 * 2 + 10);
  }
}
