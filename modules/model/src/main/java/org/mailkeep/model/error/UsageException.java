package org.mailkeep.model.error;

/** The command line or configuration makes no sense; the exit code is 2. */
public final class UsageException extends MailkeepException {

  /**
   * @param message what failed and on what
   * @param advice what to do next, as a sentence, or empty
   */
  public UsageException(String message, String advice) {
    super(message, advice, null);
  }

  /** As above, with the cause for debugging. */
  public UsageException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
