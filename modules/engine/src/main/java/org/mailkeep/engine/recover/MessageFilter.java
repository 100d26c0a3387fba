package org.mailkeep.engine.recover;

/** Says which messages are wanted. */
@FunctionalInterface
public interface MessageFilter {

  /** All are. */
  MessageFilter ALL = _ -> true;

  /**
   * Whether a message is. May read of it what it needs.
   *
   * @throws org.mailkeep.model.error.DamagedException where that is damaged
   */
  boolean wants(StoredMessage message);

  /** Whether both filters want it; the other is asked only of what this one wants. */
  default MessageFilter and(MessageFilter other) {
    return message -> wants(message) && other.wants(message);
  }
}
