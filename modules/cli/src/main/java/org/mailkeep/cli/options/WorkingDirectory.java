package org.mailkeep.cli.options;

import java.nio.file.Path;
import org.mailkeep.model.RawPath;

/** Where the program was started: paths of the user's begin there. */
public final class WorkingDirectory {

  private WorkingDirectory() {}

  /** The path from the root on. */
  public static RawPath resolve(String path) {
    RawPath raw = RawPath.of(path);
    return raw.isAbsolute()
        ? raw
        : RawPath.of(Path.of("").toAbsolutePath().toString()).resolve(raw);
  }
}
