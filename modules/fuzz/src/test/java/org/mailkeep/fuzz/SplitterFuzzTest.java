package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.message.CollectedRuns;
import org.mailkeep.mail.message.MailGenerator;
import org.mailkeep.mail.message.MessageSplitter;
import org.mailkeep.mail.message.SplitLimits;

class SplitterFuzzTest {

  /** So small that short inputs reach every limit. */
  private static final SplitLimits TIGHT = new SplitLimits(8, 16, 3, 24 * 1024, 1, 40, 2);

  static Stream<byte[]> mail() {
    return Seeds.of(draw -> new MailGenerator(draw.random(), 200).next());
  }

  @MethodSource("mail")
  @FuzzTest(maxDuration = Decoding.TIME)
  void the_runs_rebuild_any_bytes_however_they_are_fed(byte[] message) {
    for (SplitLimits limits : new SplitLimits[] {SplitLimits.DEFAULT, TIGHT}) {
      CollectedRuns whole = CollectedRuns.of(message, limits);
      if (!Arrays.equals(whole.rebuilt(), message)) {
        throw new AssertionError("rebuilt differs: " + whole.runs());
      }
      CollectedRuns pieces = inPieces(message, limits);
      if (!whole.runs().equals(pieces.runs())) {
        throw new AssertionError("pieces matter: " + whole.runs() + " and " + pieces.runs());
      }
    }
  }

  /** The input itself says where it is cut. */
  private static CollectedRuns inPieces(byte[] message, SplitLimits limits) {
    CollectedRuns runs = new CollectedRuns();
    MessageSplitter splitter = new MessageSplitter(runs, limits);
    for (int at = 0; at < message.length; ) {
      int count = Math.min(message.length - at, 1 + (message[at] & 7));
      splitter.feed(message, at, count);
      at += count;
    }
    splitter.finish();
    return runs;
  }
}
