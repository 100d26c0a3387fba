package org.mailkeep.engine.export;

import java.util.Optional;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Gives each message of an archive a name of its own, though two hosts or two times may have had
 * different ones under one name. Remembers them on disk.
 */
final class TakenNames implements AutoCloseable {

  private static final byte[] TAKEN = {};

  private Optional<TemporaryState> state = Optional.empty();

  /** The path of this name in a folder, or of one like it where that is taken. */
  RawPath free(RawPath folder, FileName name) {
    RawPath path = folder.resolve(name);
    for (int copy = 2; database().get(Table.FACTS, path.bytes()) != null; copy++) {
      path = folder.resolve(another(name, copy));
    }
    database().put(Table.FACTS, path.bytes(), TAKEN);
    return path;
  }

  /** The base name tells messages apart, so it is what must differ. */
  private static FileName another(FileName name, int copy) {
    String base = MessageName.of(name).baseName().text();
    return FileName.of(base + "~" + copy + name.text().substring(base.length()));
  }

  private StateDatabase database() {
    if (state.isEmpty()) {
      state = Optional.of(TemporaryState.create());
    }
    return state.get().database();
  }

  @Override
  public void close() {
    state.ifPresent(TemporaryState::close);
  }
}
