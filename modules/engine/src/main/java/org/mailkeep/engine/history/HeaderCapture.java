package org.mailkeep.engine.history;

import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.content.MessageWatch;
import org.mailkeep.mail.header.HeaderFactsReader;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Notes what messages say of themselves while a backup stores them, so that the history need not
 * read them back. The notes are taken over by {@link HistoryUpdate}. For one thread.
 */
public final class HeaderCapture implements MessageWatch {

  private final StateDatabase state;
  private final ChunkHasher hasher;
  private final HeaderFactsReader facts = new HeaderFactsReader();

  /** Notes to this state. */
  public HeaderCapture(StateDatabase state, ChunkHasher hasher) {
    this.state = state;
    this.hasher = hasher;
  }

  @Override
  public void begin() {
    facts.clear();
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    facts.feed(bytes, offset, length);
  }

  @Override
  public void gap() {
    facts.gap();
  }

  @Override
  public void end(Recipe recipe) {
    byte[] noted = KeptMessageCodec.encodeFacts(facts.finish());
    state.put(Table.HEADERS, FactsSource.identity(hasher, recipe).bytes(), noted);
  }
}
