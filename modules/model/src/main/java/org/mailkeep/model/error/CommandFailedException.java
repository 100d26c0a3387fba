package org.mailkeep.model.error;

/** A program that the user told this one to run did not end well. */
public final class CommandFailedException extends MailkeepException {

  /**
   * @param message what failed and how it ended
   * @param advice what to do next, as a sentence, or empty
   */
  public CommandFailedException(String message, String advice) {
    super(message, advice, null);
  }

  /** As above, with the cause for debugging. */
  public CommandFailedException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
