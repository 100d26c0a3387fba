package org.mailkeep.engine.history;

import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.content.MessageWatch;
import org.mailkeep.mail.header.HeaderFactsReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Notes what messages say of themselves while a backup stores them, so that the history need not
 * read them back. The notes are taken over by {@link HistoryUpdate}; one that is lost in a crash
 * costs that reading and nothing else. For one thread.
 */
public final class HeaderCapture implements MessageWatch {

  private final StateDatabase state;
  private final MessageNotes notes;
  private final HeaderFactsReader facts = new HeaderFactsReader();
  private RawPath directory = RawPath.ROOT;
  private FileName name = MessagePlace.INBOX;
  private @Nullable Batch batch;

  /** Notes to this state. */
  public HeaderCapture(StateDatabase state, ChunkHasher hasher) {
    this.state = state;
    this.notes = new MessageNotes(hasher);
  }

  @Override
  public void file(RawPath in, FileName called) {
    directory = in;
    name = called;
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
    if (batch == null) {
      batch = state.batch();
    }
    byte[] noted = KeptMessageCodec.encodeFacts(notes.identity(recipe), facts.finish());
    batch.put(Table.HEADERS, notes.key(directory, name), noted);
  }

  @Override
  public void rest() {
    if (batch != null) {
      try (Batch ended = batch) {
        batch = null;
        ended.commitUnlogged();
      }
    }
  }
}
