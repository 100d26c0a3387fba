package org.mailkeep.unix;

/** Commands that the administrator wrote, for /bin/sh; sh(1). */
public final class ShellCommand {

  /** They need nothing of it, and whoever may look at them would see it in their environment. */
  private static final String PASSWORD = "MAILKEEP_PASSWORD";

  private ShellCommand() {}

  /** A process for this command, not started, with this process's environment but the password. */
  public static ProcessBuilder of(String command) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.environment().remove(PASSWORD);
    return builder;
  }
}
