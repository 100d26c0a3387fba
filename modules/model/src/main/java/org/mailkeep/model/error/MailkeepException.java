package org.mailkeep.model.error;

import org.jspecify.annotations.Nullable;

/** A failure that a person reads: the message names what failed and on what. */
public abstract sealed class MailkeepException extends RuntimeException
    permits CommandFailedException,
        KeyException,
        NotFoundException,
        RefusedException,
        StorageException,
        SystemCallException,
        UnreadableException,
        UsageException {

  private final String message;
  private final String advice;

  MailkeepException(String message, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.message = message;
    this.advice = advice;
  }

  /** What failed and on what. */
  @Override
  public String getMessage() {
    return message;
  }

  /** What the user should do next, as a sentence; empty where the message says it all. */
  public String advice() {
    return advice;
  }
}
