package org.mailkeep.engine.recover;

import org.mailkeep.mail.mailbox.FolderName;

/** Is told how a recovery goes on. */
public interface RecoverObserver {

  /** Nobody watches. */
  RecoverObserver SILENT =
      new RecoverObserver() {
        @Override
        public void missing(StoredMessage message, FolderName to) {}

        @Override
        public void problem(String text) {}
      };

  /** So many messages at most are to be recovered. */
  default void planned(long messages) {}

  /**
   * A message is not in the live mailbox, and was or would be delivered.
   *
   * @param to the folder
   */
  void missing(StoredMessage message, FolderName to);

  /** Something could not be recovered, as a sentence. */
  void problem(String text);

  /** The user should know this, though all messages are there, as a sentence. */
  default void warning(String text) {}
}
