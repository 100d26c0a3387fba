package org.mailkeep.model.error;

/**
 * A stored object cannot be read as it is: its bytes are wrong, or say that a newer program wrote
 * them, which a single flipped bit can make them say. What can do without the object goes on.
 */
public abstract sealed class UnreadableException extends MailkeepException
    permits DamagedException, TooNewException {

  private final String object;

  UnreadableException(String object, String detail, String advice) {
    super(object + detail, advice, null);
    this.object = object;
  }

  /** The object's name. */
  public String object() {
    return object;
  }
}
