package org.mailkeep.unix;

import java.util.Map;

/** Commands that the administrator wrote, for /bin/sh; sh(1). */
public final class ShellCommand {

  private ShellCommand() {}

  /** A process for this command, not started, with this process's environment but the passwords. */
  public static ProcessBuilder of(String command) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    withoutPasswords(builder.environment());
    return builder;
  }

  /**
   * Takes all passwords out: commands need none of them, and whoever may look at a command would
   * see them.
   */
  static void withoutPasswords(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.startsWith("MAILKEEP_") && name.endsWith("PASSWORD"));
  }
}
