package org.mailkeep.model.error;

/** A password or key file does not open the repository, or may not do what was asked. */
public final class KeyException extends MailkeepException {

  /**
   * @param message what failed and on what
   * @param advice what to do next, as a sentence, or empty
   */
  public KeyException(String message, String advice) {
    super(message, advice, null);
  }

  /** As above, with the cause for debugging. */
  public KeyException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
