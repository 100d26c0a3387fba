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

  /** The keys given are a writer's, and what was asked for takes full ones. */
  public static KeyException fullKeyNeeded() {
    return new KeyException(
        "This needs the full key, and the key given is a writer's, which adds and cannot read",
        "Run it where the full key is, which is kept away from the mail server.");
  }

  /** As above, with the cause for debugging. */
  public KeyException(String message, String advice, Throwable cause) {
    super(message, advice, cause);
  }
}
