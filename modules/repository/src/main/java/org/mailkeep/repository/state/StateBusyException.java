package org.mailkeep.repository.state;

import java.nio.file.Path;

/** Another process holds the host state. */
public final class StateBusyException extends RuntimeException {

  private final Path folder;

  StateBusyException(Path folder, Throwable cause) {
    super(folder + " is in use by another process", cause);
    this.folder = folder;
  }

  /** The state's folder. */
  public Path folder() {
    return folder;
  }
}
