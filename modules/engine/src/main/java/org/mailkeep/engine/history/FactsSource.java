package org.mailkeep.engine.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.state.Cursor;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * What messages say of themselves: as it was noted when they passed by in a backup, else read from
 * the repository. One thread at a time.
 */
final class FactsSource implements AutoCloseable {

  private static final HeaderFacts NOTHING =
      new HeaderFacts(Optional.empty(), "", "", "", "", List.of());

  private final Cursor noted;
  private final MessageNotes notes;
  private final HeaderReading reading;
  private final Consumer<UnreadableException> damaged;
  private RawPath maildir = RawPath.ROOT;
  private FileName folder = MessagePlace.INBOX;
  private boolean fresh;
  private RawPath directory = RawPath.ROOT.resolve(MaildirNames.CUR);

  /**
   * @param damaged is told of headers that cannot be read
   */
  FactsSource(
      StateDatabase state,
      ChunkHasher hasher,
      HeaderReading reading,
      Consumer<UnreadableException> damaged) {
    this.noted = state.cursor(Table.HEADERS);
    this.notes = new MessageNotes(hasher);
    this.reading = reading;
    this.damaged = damaged;
  }

  long identity(Recipe recipe) {
    return notes.identity(recipe);
  }

  /** The facts of a message in a Maildir; nothing where its header cannot be read. */
  HeaderFacts facts(RawPath in, PlacedMessage message, long identity) {
    byte[] key = notes.key(directory(in, message.place()), message.entry().name());
    byte @Nullable [] note = noted.find(key);
    if (note != null && KeptMessageCodec.identity(note) == identity) {
      return KeptMessageCodec.decodeFacts(note);
    }
    try {
      return reading.read(message.file().recipe());
    } catch (UnreadableException e) {
      damaged.accept(e);
      return NOTHING;
    }
  }

  private RawPath directory(RawPath in, MessagePlace place) {
    if (!place.folder().equals(folder) || place.fresh() != fresh || !in.equals(maildir)) {
      maildir = in;
      folder = place.folder();
      fresh = place.fresh();
      RawPath above = folder.length() == 0 ? in : in.resolve(folder);
      directory = above.resolve(fresh ? MaildirNames.NEW : MaildirNames.CUR);
    }
    return directory;
  }

  @Override
  public void close() {
    noted.close();
  }
}
