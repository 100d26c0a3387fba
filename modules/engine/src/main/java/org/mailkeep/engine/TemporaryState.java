package org.mailkeep.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.StateFolder;

/** A host state that is thrown away when it is closed, for what does not fit in memory. */
public final class TemporaryState implements AutoCloseable {

  private final Path folder;
  private final StateDatabase database;

  private TemporaryState(Path folder) {
    this.folder = folder;
    this.database = StateDatabase.open(folder);
  }

  /** Makes one in the folder for temporary files. */
  public static TemporaryState create() {
    try {
      return new TemporaryState(Files.createTempDirectory("mailkeep-"));
    } catch (IOException e) {
      throw new StorageException(
          "No folder for temporary files can be made: " + e.getMessage(),
          "See that " + System.getProperty("java.io.tmpdir") + " can be written and has room.",
          e);
    }
  }

  /** The database. */
  public StateDatabase database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
    try {
      StateFolder.delete(folder);
    } catch (IOException e) {
      // What is left in the folder for temporary files is removed by the system in time.
    }
  }
}
