package org.mailkeep.cli;

/** What the program tells scripts. */
public final class ExitCode {

  /** All was done. */
  public static final int DONE = 0;

  /** It failed. */
  public static final int FAILED = 1;

  /** The command line makes no sense. */
  public static final int USAGE = 2;

  /** Done, but some files could not be read, or not be restored as they were. */
  public static final int INCOMPLETE = 3;

  /** Stopped by the user, as shells have it for SIGINT. */
  public static final int STOPPED = 130;

  private ExitCode() {}
}
