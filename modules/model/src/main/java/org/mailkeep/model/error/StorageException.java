package org.mailkeep.model.error;

/** Reading from or writing to the object storage failed; trying again may help. */
public final class StorageException extends MailkeepException {

  /**
   * @param message what failed and on what
   * @param advice what to do next, as a sentence, or empty
   */
  public StorageException(String message, String advice) {
    super(message, advice, null);
  }

  /** As above, with the cause for debugging. */
  public StorageException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
