package org.mailkeep.model.error;

/** Bytes that were stored are not what was written: wrong, cut short, moved or swapped. */
public final class DamagedException extends UnreadableException {

  /**
   * @param object the stored object's name, such as {@code packs/4f/4f21…}, or a part of it
   * @param detail what is wrong with it, as a clause without a full stop
   */
  public DamagedException(String object, String detail) {
    super(
        object,
        " is damaged: " + detail,
        "Run 'mailkeep check --read-data' to see what is affected.");
  }
}
