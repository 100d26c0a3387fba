package org.mailkeep.model.error;

/** An object has a format version or a required feature that this program does not know. */
public final class TooNewException extends UnreadableException {

  /**
   * @param object the stored object's name
   * @param detail the version or feature found
   */
  public TooNewException(String object, String detail) {
    super(
        object,
        " was written by a newer Mailkeep: " + detail,
        "Install the newest Mailkeep and run the command again; if it says the same, the object is"
            + " damaged: 'mailkeep check --read-data' names what is affected.");
  }
}
