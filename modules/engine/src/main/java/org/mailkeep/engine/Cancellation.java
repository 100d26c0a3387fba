package org.mailkeep.engine;

/** Says whether the user asked to stop. Safe for use by many threads. */
public final class Cancellation {

  private volatile boolean requested;

  /** Asks everyone to stop soon. */
  public void request() {
    requested = true;
  }

  /** Whether to stop. */
  public boolean isRequested() {
    return requested;
  }

  /** Throws when asked to stop. */
  public void check() {
    if (requested) {
      throw new CancelledException();
    }
  }

  /** Work was given up because the user asked for it. */
  public static final class CancelledException extends RuntimeException {
    CancelledException() {
      super("stopped on request");
    }
  }
}
