package org.mailkeep.engine.backup;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;

/**
 * A command whose output becomes a file of the snapshot: a dump of what lies in no file, such as
 * the accounts of a vpopmail that keeps them in a database.
 *
 * @param name the file's name in {@link #FOLDER}
 * @param command for /bin/sh; may hold secrets, so it is neither stored nor shown
 * @param timeout how long it may run; empty for as long as it likes
 */
public record CommandOutput(String name, String command, Optional<Duration> timeout) {

  /** Where in a snapshot the outputs are. */
  public static final RawPath FOLDER = RawPath.of("/.mailkeep-commands");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Checks the name. */
  public CommandOutput {
    if (!NAME.matcher(name).matches() || command.isBlank()) {
      throw new UsageException(
          "A command needs a name of letters, digits, dots, hyphens and underscores, and something"
              + " to run",
          "Write it as NAME=COMMAND, such as --command 'accounts.sql=mysqldump vpopmail'.");
    }
  }

  /** Where in a snapshot the output is. */
  public RawPath path() {
    return FOLDER.resolve(FileName.of(name));
  }

  /** Names the output only. */
  @Override
  public String toString() {
    return "command " + name;
  }
}
