package org.mailkeep.model.error;

/** Going on would have harmed something or left it wrong; nothing was changed. */
public final class RefusedException extends MailkeepException {

  /**
   * @param message what failed and on what
   * @param advice what to do next, as a sentence, or empty
   */
  public RefusedException(String message, String advice) {
    super(message, advice, null);
  }

  /** As above, with the cause for debugging. */
  public RefusedException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
