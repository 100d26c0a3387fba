package org.mailkeep.engine.recover;

import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

/**
 * Which messages to bring back, and where to.
 *
 * @param maildir the live Maildir
 * @param folder only what was in this folder or below it
 * @param wanted which of the messages that are missing
 * @param into the folder for all of them; empty where each goes back to its own
 * @param host the name of this host, for the names of files
 */
public record RecoverSettings(
    RawPath maildir,
    Optional<FolderName> folder,
    MessageFilter wanted,
    Optional<FolderName> into,
    String host) {

  /**
   * The folder that somebody means.
   *
   * @param option what it was given for, such as "--folder"
   * @throws UsageException where no folder can be named so
   */
  private static FolderName folder(String option, String text) {
    return FolderName.parse(text)
        .orElseThrow(
            () ->
                new UsageException(
                    "'" + option + " " + RawText.display(text) + "' names no folder",
                    "Write it as mail programs show it, such as INBOX, Sent or Archive/2026."));
  }

  /** These settings, but all goes into this folder. */
  public RecoverSettings into(String text) {
    return new RecoverSettings(maildir, folder, wanted, Optional.of(folder("--into", text)), host);
  }

  /** These settings, but only for what was in this folder or below it. */
  public RecoverSettings onlyIn(String text) {
    return new RecoverSettings(maildir, Optional.of(folder("--folder", text)), wanted, into, host);
  }

  /** Everything of a mailbox, each message to its own folder. */
  public static RecoverSettings all(RawPath maildir, MessageFilter wanted, String host) {
    return new RecoverSettings(maildir, Optional.empty(), wanted, Optional.empty(), host);
  }
}
