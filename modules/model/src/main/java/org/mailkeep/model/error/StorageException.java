package org.mailkeep.model.error;

/** Reading from or writing to the object storage failed; trying again may help. */
public final class StorageException extends MailkeepException {

  private final boolean lasting;

  /**
   * @param message what failed and on what
   * @param advice what to do next, as a sentence, or empty
   */
  public StorageException(String message, String advice) {
    super(message, advice, null);
    this.lasting = false;
  }

  /** As above, with the cause for debugging. */
  public StorageException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
    this.lasting = false;
  }

  private StorageException(String message, String advice, boolean lasting) {
    super(message, advice, null);
    this.lasting = lasting;
  }

  /** A failure that stays until somebody does something: a missing right, a wrong host key. */
  public static StorageException lasting(String message, String advice) {
    return new StorageException(message, advice, true);
  }

  /** Whether trying again is of no use before somebody did something. */
  public boolean isLasting() {
    return lasting;
  }
}
