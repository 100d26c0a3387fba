package org.mailkeep.engine.recover;

import java.time.Instant;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.tree.Entry;

/**
 * A message as a snapshot has it.
 *
 * @param folder the folder it was in
 * @param isNew whether it was in {@code new}, unseen by any mail program
 * @param entry its file
 * @param recipe how its content comes back
 */
public record StoredMessage(FolderName folder, boolean isNew, Entry entry, Recipe recipe) {

  /** Its name. */
  public MessageName name() {
    return MessageName.of(entry.name());
  }

  /** When it was delivered: the time of its file. */
  public Instant delivered() {
    return Instant.ofEpochSecond(entry.metadata().mtimeSeconds());
  }

  /** Its length in bytes. */
  public long size() {
    return entry.size();
  }
}
