package org.mailkeep.engine.recover;

/** Is told how a recovery goes on. */
public interface RecoverObserver {

  /** Nobody watches. */
  RecoverObserver SILENT =
      new RecoverObserver() {
        @Override
        public void missing(MissingMessage message) {}

        @Override
        public void problem(String text) {}
      };

  /** So many messages at most are to be recovered. */
  default void planned(long messages) {}

  /** A message is not in the live mailbox, and was or would be delivered. */
  void missing(MissingMessage message);

  /** Something could not be recovered, as a sentence. */
  void problem(String text);

  /** The user should know this, though all messages are there, as a sentence. */
  default void warning(String text) {}
}
