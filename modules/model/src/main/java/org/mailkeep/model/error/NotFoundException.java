package org.mailkeep.model.error;

/** What the user named is not there: a repository, snapshot, path or message. */
public final class NotFoundException extends MailkeepException {

  /**
   * @param message what failed and on what
   * @param advice what to do next, as a sentence, or empty
   */
  public NotFoundException(String message, String advice) {
    super(message, advice, null);
  }

  /** As above, with the cause for debugging. */
  public NotFoundException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
