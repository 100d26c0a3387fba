package org.mailkeep.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.Load;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

final class WaitingPostingsTest {

  @TempDir private Path folder;
  private int cases;

  @Test
  void every_message_is_found_by_its_terms_and_by_no_others() {
    Property.check(20, this::check);
  }

  private void check(Draw draw) {
    try (StateDatabase state = StateDatabase.open(folder.resolve("state" + cases++));
        Batch batch = state.batch()) {
      WaitingPostings waiting = new WaitingPostings();
      Map<String, SortedSet<Integer>> expected = new TreeMap<>();
      int message = 0;
      for (int left = draw.length(20_000); left > 0; left--) {
        message += draw.between(0, 2);
        char about = draw.pick('s', 'f');
        String word = draw.pick("", "grün", "你好", "w") + draw.between(0, 9000);
        waiting.add(about, word, message);
        expected.computeIfAbsent(about + word, _ -> new TreeSet<>()).add(message);
        if (draw.between(0, 5000) == 0) {
          write(waiting, state, batch, draw.between(0, 1) == 0);
          assertThat(waiting.size()).isZero();
        }
      }
      write(waiting, state, batch, draw.between(0, 1) == 0);
      batch.commit();
      expected.forEach(
          (term, messages) ->
              assertThat(Postings.between(state, term, term))
                  .as(term)
                  .containsExactly(messages.stream().mapToInt(Integer::intValue).toArray()));
    }
  }

  /** Through a batch, or through a file that wants keys in order. */
  private static void write(
      WaitingPostings waiting, StateDatabase state, Batch batch, boolean load) {
    if (!load) {
      waiting.write((key, steps) -> batch.put(Table.WORDS, key, steps));
      return;
    }
    try (Load words = state.load(Table.WORDS)) {
      waiting.write(words::put);
      words.finish();
    }
  }
}
